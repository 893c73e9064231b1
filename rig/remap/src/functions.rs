//! The functions a program may call: those of the standard library that neither reach out of the
//! process nor write values into the log, and those for hashes.
//!
//! A choice, not the whole library: what is not named here is not linked, and the parsers of other
//! systems' logs would be most of the program. `log` is left out because it prints values.

use hmac::{Mac, digest::KeyInit};
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};
use vrl::{
    compiler::{
        Context, Expression, Function, FunctionExpression, Parameter, Resolved, TypeDef,
        function::{ArgumentList, Compiled, Error, Example, FunctionCompileContext},
        state::TypeState,
        value::{VrlValueConvert, kind},
    },
    stdlib::*,
    value::Value as Vrl,
};

macro_rules! boxed {
    ($($function:expr),* $(,)?) => { vec![$(Box::new($function) as Box<dyn Function>),*] };
}

pub fn all() -> Vec<Box<dyn Function>> {
    boxed![
        // Types.
        Array,
        Boolean,
        Float,
        Integer,
        Object,
        Timestamp,
        IsArray,
        IsBoolean,
        IsEmpty,
        IsFloat,
        IsInteger,
        IsJson,
        IsNull,
        IsNullish,
        IsObject,
        IsString,
        IsTimestamp,
        ToBool,
        ToFloat,
        ToInt,
        ToRegex,
        ToUnixTimestamp,
        vrl::stdlib::String,
        vrl::stdlib::ToString,
        vrl::stdlib::TypeDef,
        // Texts.
        Contains,
        ContainsAll,
        Downcase,
        EndsWith,
        Find,
        Join,
        Length,
        Match,
        MatchAny,
        ParseRegex,
        ParseRegexAll,
        Redact,
        Replace,
        ReplaceWith,
        Slice,
        Split,
        StartsWith,
        StripWhitespace,
        Strlen,
        Truncate,
        Upcase,
        // Numbers and times.
        Abs,
        Ceil,
        Floor,
        FormatInt,
        FormatNumber,
        FormatTimestamp,
        FromUnixTimestamp,
        Mod,
        Now,
        ParseDuration,
        ParseFloat,
        ParseInt,
        ParseTimestamp,
        RandomBool,
        RandomBytes,
        RandomFloat,
        RandomInt,
        Range,
        Round,
        // Lists and objects.
        Append,
        Chunks,
        Compact,
        Del,
        Exists,
        Filter,
        Flatten,
        ForEach,
        FromEntries,
        Get,
        Includes,
        Keys,
        MapKeys,
        MapValues,
        MatchArray,
        Merge,
        ObjectFromArray,
        Pop,
        Push,
        Remove,
        Set,
        Tally,
        ToEntries,
        Unflatten,
        Unique,
        Values,
        Zip,
        // Forms.
        DecodeBase16,
        DecodeBase64,
        DecodePercent,
        EncodeBase16,
        EncodeBase64,
        EncodeCsv,
        EncodeJson,
        EncodeKeyValue,
        EncodePercent,
        ParseCbor,
        ParseCsv,
        ParseJson,
        ParseKeyValue,
        ParseQueryString,
        ParseUrl,
        ParseXml,
        // Addresses and ids.
        IpAton,
        IpCidrContains,
        IpNtoa,
        IpSubnet,
        IsIpv4,
        IsIpv6,
        UuidV4,
        UuidV7,
        // Statements about what must hold.
        Assert,
        AssertEq,
        Hmac,
        Sha2,
    ]
}

/// What a hash may be called, as in the standard library.
const HASHES: [(&str, Hash); 6] = [
    ("SHA-224", Hash::Sha224),
    ("SHA-256", Hash::Sha256),
    ("SHA-384", Hash::Sha384),
    ("SHA-512", Hash::Sha512),
    ("SHA-512/224", Hash::Sha512_224),
    ("SHA-512/256", Hash::Sha512_256),
];

#[derive(Clone, Copy, Debug)]
enum Hash {
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512_224,
    Sha512_256,
}

/// The hash a call names with a literal.
fn hash(
    arguments: &ArgumentList,
    name: &'static str,
    default: Hash,
    state: &TypeState,
) -> Result<Hash, Error> {
    let variants = HASHES.map(|(name, _)| Vrl::from(name));
    let chosen = arguments.optional_enum(name, &variants, state)?;
    let at = chosen.and_then(|chosen| variants.iter().position(|variant| *variant == chosen));
    Ok(at.map_or(default, |at| HASHES[at].1))
}

fn hex(bytes: &[u8]) -> Vrl {
    use std::fmt::Write;
    let mut text = std::string::String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}

/// `hmac(value, key, algorithm: "SHA-256")`: bytes, as in the standard library.
#[derive(Clone, Copy, Debug)]
struct Hmac;

impl Function for Hmac {
    fn identifier(&self) -> &'static str {
        "hmac"
    }
    fn usage(&self) -> &'static str {
        "The keyed hash of a text, as bytes."
    }
    fn category(&self) -> &'static str {
        "Cryptography"
    }
    fn return_kind(&self) -> u16 {
        kind::BYTES
    }
    fn parameters(&self) -> &'static [Parameter] {
        const PARAMETERS: &[Parameter] = &[
            Parameter::required("value", kind::BYTES, "what is hashed"),
            Parameter::required("key", kind::BYTES, "the secret"),
            Parameter::optional("algorithm", kind::BYTES, "SHA-256, or another by name"),
        ];
        PARAMETERS
    }
    fn examples(&self) -> &'static [Example] {
        &[]
    }
    fn compile(
        &self,
        state: &TypeState,
        _: &mut FunctionCompileContext,
        arguments: ArgumentList,
    ) -> Compiled {
        let hash = hash(&arguments, "algorithm", Hash::Sha256, state)?;
        let (value, key) = (arguments.required("value"), arguments.required("key"));
        Ok(HmacCall { value, key, hash }.as_expr())
    }
}

#[derive(Clone, Debug)]
struct HmacCall {
    value: Box<dyn Expression>,
    key: Box<dyn Expression>,
    hash: Hash,
}

fn keyed<M: Mac + KeyInit>(key: &[u8], value: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut mac = <M as Mac>::new_from_slice(key).map_err(|_| "the key has a wrong length")?;
    mac.update(value);
    Ok(mac.finalize().into_bytes().to_vec())
}

impl FunctionExpression for HmacCall {
    fn resolve(&self, context: &mut Context) -> Resolved {
        let value = self.value.resolve(context)?.try_bytes()?;
        let key = self.key.resolve(context)?.try_bytes()?;
        let bytes = match self.hash {
            Hash::Sha224 => keyed::<hmac::Hmac<Sha224>>(&key, &value)?,
            Hash::Sha256 => keyed::<hmac::Hmac<Sha256>>(&key, &value)?,
            Hash::Sha384 => keyed::<hmac::Hmac<Sha384>>(&key, &value)?,
            Hash::Sha512 => keyed::<hmac::Hmac<Sha512>>(&key, &value)?,
            Hash::Sha512_224 => keyed::<hmac::Hmac<Sha512_224>>(&key, &value)?,
            Hash::Sha512_256 => keyed::<hmac::Hmac<Sha512_256>>(&key, &value)?,
        };
        Ok(Vrl::from(&bytes[..]))
    }
    fn type_def(&self, _: &TypeState) -> TypeDef {
        TypeDef::bytes().infallible()
    }
}

/// `sha2(value, variant: "SHA-512/256")`: lower-case hex, as in the standard library.
#[derive(Clone, Copy, Debug)]
struct Sha2;

impl Function for Sha2 {
    fn identifier(&self) -> &'static str {
        "sha2"
    }
    fn usage(&self) -> &'static str {
        "The hash of a text, in lower-case hex."
    }
    fn category(&self) -> &'static str {
        "Cryptography"
    }
    fn return_kind(&self) -> u16 {
        kind::BYTES
    }
    fn parameters(&self) -> &'static [Parameter] {
        const PARAMETERS: &[Parameter] = &[
            Parameter::required("value", kind::BYTES, "what is hashed"),
            Parameter::optional("variant", kind::BYTES, "SHA-512/256, or another by name"),
        ];
        PARAMETERS
    }
    fn examples(&self) -> &'static [Example] {
        &[]
    }
    fn compile(
        &self,
        state: &TypeState,
        _: &mut FunctionCompileContext,
        arguments: ArgumentList,
    ) -> Compiled {
        let hash = hash(&arguments, "variant", Hash::Sha512_256, state)?;
        Ok(Sha2Call { value: arguments.required("value"), hash }.as_expr())
    }
}

#[derive(Clone, Debug)]
struct Sha2Call {
    value: Box<dyn Expression>,
    hash: Hash,
}

impl FunctionExpression for Sha2Call {
    fn resolve(&self, context: &mut Context) -> Resolved {
        let value = self.value.resolve(context)?.try_bytes()?;
        Ok(match self.hash {
            Hash::Sha224 => hex(&Sha224::digest(&value)),
            Hash::Sha256 => hex(&Sha256::digest(&value)),
            Hash::Sha384 => hex(&Sha384::digest(&value)),
            Hash::Sha512 => hex(&Sha512::digest(&value)),
            Hash::Sha512_224 => hex(&Sha512_224::digest(&value)),
            Hash::Sha512_256 => hex(&Sha512_256::digest(&value)),
        })
    }
    fn type_def(&self, _: &TypeState) -> TypeDef {
        TypeDef::bytes().infallible()
    }
}
