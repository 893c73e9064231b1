//! The roles this version has. A monolith runs all of them in one process.

/// Accepted by `--roles` and `native.roles`, in the order they start.
pub const NAMES: &[&str] = &["api", "gateway", "worker", "media"];

pub fn known(name: &str) -> bool {
    NAMES.contains(&name)
}

/// Which roles a process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    pub api: bool,
    pub gateway: bool,
    pub worker: bool,
    pub media: bool,
}

impl Roles {
    pub const ALL: Self = Self { api: true, gateway: true, worker: true, media: true };

    /// The media proxy stands alone: then it is at the root, and other servers ask it.
    pub const fn only_media(self) -> bool {
        self.media && !(self.api || self.gateway)
    }

    /// From names; none, or `all`, is all. The error is the name that is no role.
    pub fn parse<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut roles = Self { api: false, gateway: false, worker: false, media: false };
        let mut any = false;
        for name in names.into_iter().map(str::trim).filter(|name| !name.is_empty()) {
            any = true;
            match name {
                "all" => return Ok(Self::ALL),
                "api" => roles.api = true,
                "gateway" => roles.gateway = true,
                "worker" => roles.worker = true,
                "media" => roles.media = true,
                other => return Err(other.to_owned()),
            }
        }
        Ok(if any { roles } else { Self::ALL })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_roles() {
        assert_eq!(Roles::parse([]), Ok(Roles::ALL));
        assert_eq!(Roles::parse(["api", "all"]), Ok(Roles::ALL));
        let some = Roles::parse(NAMES[..2].iter().copied()).unwrap();
        assert_eq!(some, Roles { worker: false, media: false, ..Roles::ALL });
        assert!(!some.only_media() && Roles::parse(["media"]).unwrap().only_media());
        assert_eq!(Roles::parse(["voice"]), Err("voice".into()));
    }
}
