//! The declarations: [`section!`](crate::section) for an object of settings,
//! [`choices!`](crate::choices) for a setting that is one of a few words.

/// Declares an object of settings. Each field has a doc comment (its description in the
/// schema), a type that is a [`Value`](crate::config::Value), optionally a default (else the
/// type's own) and optionally an example for error messages.
///
/// ```
/// platform_kernel::section! {
///     /// Where to listen.
///     pub struct Listener {
///         /// Address of the interface.
///         host: String = "0.0.0.0".into(),
///         /// TCP port.
///         port: u16 = 8080 => "8080",
///     }
/// }
/// assert_eq!(Listener::default().port, 8080);
/// ```
#[macro_export]
macro_rules! section {
    ($(
        $(#[doc = $about:literal])*
        pub struct $section:ident {$(
            $(#[doc = $doc:literal])*
            $field:ident : $type:ty $(= $default:expr)? $(=> $example:literal)?
        ),* $(,)?}
    )*) => {$(
        $(#[doc = $about])*
        #[derive(Clone, Debug)]
        pub struct $section {$( $(#[doc = $doc])* pub $field: $type ),*}

        impl Default for $section {
            fn default() -> Self {
                Self {$( $field: $crate::section!(@default $($default)?) ),*}
            }
        }

        impl $crate::config::Value for $section {
            const EXAMPLE: &'static str = "{}";
            fn expected() -> String {
                "an object".into()
            }
            fn read(
                reader: &mut $crate::config::Reader<'_>,
                key: &str,
                value: &$crate::config::Json,
                _example: &str,
            ) -> Option<Self> {
                const KNOWN: &[&str] = &[$( stringify!($field) ),*];
                let known: Vec<&str> = KNOWN.iter().map(|field| $crate::config::name(field)).collect();
                let object = reader.object(key, value, &known)?;
                #[allow(unused_mut, reason = "a section may be empty")]
                let mut section = Self::default();
                $(
                    let name = $crate::config::name(stringify!($field));
                    if let Some(value) = object.get(name) {
                        let key = $crate::config::join(key, name);
                        let example = concat!($($example)?);
                        if let Some(read) =
                            <$type as $crate::config::Value>::read(reader, &key, value, example)
                        {
                            section.$field = read;
                        }
                    }
                )*
                Some(section)
            }
            fn schema() -> $crate::config::Json {
                let default = Self::default();
                let mut properties = $crate::config::Object::new();
                $(
                    let property = $crate::config::describe(
                        <$type as $crate::config::Value>::schema(),
                        concat!($($doc, "\n"),*),
                        $crate::config::Value::print(&default.$field),
                    );
                    properties.insert($crate::config::name(stringify!($field)).into(), property);
                )*
                let mut schema = $crate::config::Object::new();
                schema.insert("type".into(), "object".into());
                schema.insert("description".into(), concat!($($about, "\n"),*).trim().into());
                schema.insert("properties".into(), properties.into());
                schema.into()
            }
            fn print(&self) -> $crate::config::Json {
                let mut printed = $crate::config::Object::new();
                $(
                    printed.insert(
                        $crate::config::name(stringify!($field)).into(),
                        $crate::config::Value::print(&self.$field),
                    );
                )*
                printed.into()
            }
        }
    )*};
    (@default) => { Default::default() };
    (@default $default:expr) => { $default };
}

/// Declares a setting that is one of a few words; the first is the type's default.
///
/// ```
/// platform_kernel::choices! {
///     /// Scheme of a URL.
///     pub enum Scheme { Http = "http", Https = "https" }
/// }
/// assert_eq!(Scheme::default().as_str(), "http");
/// ```
#[macro_export]
macro_rules! choices {
    ($(
        $(#[doc = $about:literal])*
        pub enum $choice:ident { $first:ident = $first_word:literal $(, $variant:ident = $word:literal)* $(,)? }
    )*) => {$(
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $choice { #[default] $first, $($variant),* }

        impl $choice {
            pub const WORDS: &'static [&'static str] = &[$first_word $(, $word)*];
            pub const fn as_str(self) -> &'static str {
                match self { Self::$first => $first_word, $(Self::$variant => $word),* }
            }
        }

        impl $crate::config::Value for $choice {
            const EXAMPLE: &'static str = concat!("\"", $first_word, "\"");
            fn expected() -> String {
                format!("one of {}", Self::WORDS.join(", "))
            }
            fn read(
                reader: &mut $crate::config::Reader<'_>,
                key: &str,
                value: &$crate::config::Json,
                example: &str,
            ) -> Option<Self> {
                match value.as_str() {
                    Some($first_word) => Some(Self::$first),
                    $(Some($word) => Some(Self::$variant),)*
                    _ => {
                        reader.mismatch::<Self>(key, value, example);
                        None
                    }
                }
            }
            fn schema() -> $crate::config::Json {
                let words: Vec<$crate::config::Json> = Self::WORDS.iter().map(|word| (*word).into()).collect();
                let mut schema = $crate::config::Object::new();
                schema.insert("type".into(), "string".into());
                schema.insert("enum".into(), words.into());
                schema.into()
            }
            fn print(&self) -> $crate::config::Json {
                self.as_str().into()
            }
        }
    )*};
}
