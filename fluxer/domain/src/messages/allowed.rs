//! `allowed_mentions`: which of the mentions found in a text count. Pure.

use fluxer_wire::{
    RoleId, UserId, invalid,
    message_requests::{AllowedMentionsRequest, MentionKind},
};

use crate::{Error, Result};

/// What a sender lets a message mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    pub users: Rule<UserId>,
    pub roles: Rule<RoleId>,
    pub everyone: bool,
    /// Whether a reply mentions the author it answers.
    pub replied_user: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule<T> {
    All,
    Only(Vec<T>),
}

impl<T: PartialEq> Rule<T> {
    pub fn allows(&self, id: &T) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(id),
        }
    }
}

impl Default for Allowed {
    fn default() -> Self {
        Self { users: Rule::All, roles: Rule::All, everyone: true, replied_user: true }
    }
}

impl Allowed {
    /// Fails when kinds and ids are given at once.
    pub fn read(form: Option<AllowedMentionsRequest>) -> Result<Self> {
        let Some(form) = form else { return Ok(Self::default()) };
        let (users, roles) = (form.users.0.map(|list| list.0), form.roles.0.map(|list| list.0));
        let some_listed = users.as_ref().is_some_and(|list| !list.is_empty())
            || roles.as_ref().is_some_and(|list| !list.is_empty());
        let kinds = match form.parse.0 {
            Some(kinds) if !kinds.is_empty() && some_listed => {
                return Err(Error::field(
                    "allowed_mentions",
                    invalid::PARSE_AND_USERS_OR_ROLES_CANNOT_BE_USED_TOGETHER,
                ));
            }
            Some(kinds) => kinds.0,
            None if users.is_some() || roles.is_some() => Vec::new(),
            None => vec![MentionKind::Users, MentionKind::Roles, MentionKind::Everyone],
        };
        Ok(Self {
            users: rule(kinds.contains(&MentionKind::Users), users),
            roles: rule(kinds.contains(&MentionKind::Roles), roles),
            everyone: kinds.contains(&MentionKind::Everyone),
            replied_user: form.replied_user.unwrap_or(true),
        })
    }
}

fn rule<T>(all: bool, listed: Option<Vec<T>>) -> Rule<T> {
    if all { Rule::All } else { Rule::Only(listed.unwrap_or_default()) }
}

#[cfg(test)]
mod tests {
    use fluxer_wire::parse;
    use serde_json::{Value, json};

    use super::*;

    fn read(value: Value) -> Result<Allowed> {
        Allowed::read(parse::<Option<AllowedMentionsRequest>>(value).unwrap())
    }

    #[test]
    fn absent_means_everything() {
        assert_eq!(read(Value::Null).unwrap(), Allowed::default());
        assert_eq!(read(json!({})).unwrap(), Allowed::default());
    }

    #[test]
    fn lists_alone_allow_only_themselves() {
        let allowed = read(json!({"users": ["1"]})).unwrap();
        assert_eq!(allowed.users, Rule::Only(vec![UserId::new(1)]));
        assert_eq!(allowed.roles, Rule::Only(vec![]));
        assert!(!allowed.everyone);
        assert!(allowed.replied_user);
    }

    #[test]
    fn kinds_and_lists_together_are_refused() {
        assert!(read(json!({"parse": ["everyone"], "users": ["1"]})).is_err());
        let allowed = read(json!({"parse": ["users"], "roles": []})).unwrap();
        assert_eq!((allowed.users, allowed.roles), (Rule::All, Rule::Only(vec![])));
        let none = read(json!({"parse": [], "users": ["1"], "replied_user": false})).unwrap();
        assert_eq!(none.users, Rule::Only(vec![UserId::new(1)]));
        assert!(!none.replied_user);
    }
}
