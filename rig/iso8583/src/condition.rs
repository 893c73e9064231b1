//! Conditions over a message: `present(35) == false && field(39) == '00'`.
//!
//! Evaluation is total: comparing with something absent is false, whatever the operator.

use std::cmp::Ordering;

use crate::{message::Iso8583Message, path::Path};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    Field(Path),
    Present(Path),
    Mti,
    Text(String),
    Digits(String),
    Bool(bool),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    Or(Vec<Condition>),
    And(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Operand, Operator, Operand),
    Bool(bool),
    Present(Path),
}

/// Where a condition stops making sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at position {position}: {message}")]
pub struct ConditionError {
    /// 1-based, in characters.
    pub position: usize,
    pub message: &'static str,
}

const MAX_NESTING: usize = 32;

impl Condition {
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let condition = parser.or()?;
        parser.space();
        if parser.at < text.len() {
            return Err(parser.error("this is too much"));
        }
        Ok(condition)
    }

    /// Whether it holds. `numeric` says which elements hold numbers.
    pub fn holds(&self, message: &Iso8583Message, numeric: &impl Fn(Path) -> bool) -> bool {
        match self {
            Self::Or(any) => any.iter().any(|one| one.holds(message, numeric)),
            Self::And(all) => all.iter().all(|one| one.holds(message, numeric)),
            Self::Not(one) => !one.holds(message, numeric),
            Self::Bool(value) => *value,
            Self::Present(path) => message.has(*path),
            Self::Compare(left, operator, right) => compare(left, *operator, right, message, numeric),
        }
    }

    /// Visits every path that is read.
    pub fn paths(&self, visit: &mut impl FnMut(Path)) {
        let mut operand = |operand: &Operand| {
            if let Operand::Field(path) | Operand::Present(path) = operand {
                visit(*path);
            }
        };
        match self {
            Self::Or(all) | Self::And(all) => all.iter().for_each(|one| one.paths(visit)),
            Self::Not(one) => one.paths(visit),
            Self::Compare(left, _, right) => {
                operand(left);
                operand(right);
            }
            Self::Present(path) => visit(*path),
            Self::Bool(_) => {}
        }
    }

    /// Changes every path that is read.
    pub fn map_paths(&mut self, change: &impl Fn(Path) -> Path) {
        let operand = |operand: &mut Operand| {
            if let Operand::Field(path) | Operand::Present(path) = operand {
                *path = change(*path);
            }
        };
        match self {
            Self::Or(all) | Self::And(all) => all.iter_mut().for_each(|one| one.map_paths(change)),
            Self::Not(one) => one.map_paths(change),
            Self::Compare(left, _, right) => {
                operand(left);
                operand(right);
            }
            Self::Present(path) => *path = change(*path),
            Self::Bool(_) => {}
        }
    }
}

enum Value<'a> {
    Bytes(&'a [u8]),
    Bool(bool),
}

fn compare(
    left: &Operand,
    operator: Operator,
    right: &Operand,
    message: &Iso8583Message,
    numeric: &impl Fn(Path) -> bool,
) -> bool {
    let value = |operand: &'_ Operand| -> Option<Value<'_>> {
        Some(match operand {
            Operand::Field(_) | Operand::Mti | Operand::Text(_) | Operand::Digits(_) => {
                return None;
            }
            Operand::Present(path) => Value::Bool(message.has(*path)),
            Operand::Bool(value) => Value::Bool(*value),
        })
    };
    fn bytes<'a>(operand: &'a Operand, message: &'a Iso8583Message) -> Option<Value<'a>> {
        match operand {
            Operand::Field(path) => message.value(*path).map(Value::Bytes),
            Operand::Mti => message.get(0).map(Value::Bytes),
            Operand::Text(text) | Operand::Digits(text) => Some(Value::Bytes(text.as_bytes())),
            Operand::Present(_) | Operand::Bool(_) => None,
        }
    }
    let (Some(first), Some(second)) =
        (value(left).or_else(|| bytes(left, message)), value(right).or_else(|| bytes(right, message)))
    else {
        return false;
    };
    let is_number = |operand: &Operand| matches!(operand, Operand::Field(path) if numeric(*path));
    match (first, second) {
        (Value::Bool(first), Value::Bool(second)) => match operator {
            Operator::Equal => first == second,
            Operator::Unequal => first != second,
            _ => false,
        },
        (Value::Bytes(first), Value::Bytes(second)) => {
            let equality = matches!(operator, Operator::Equal | Operator::Unequal);
            if equality && !is_number(left) && !is_number(right) {
                return (first == second) == (operator == Operator::Equal);
            }
            let Some(order) = order(first, second) else { return false };
            match operator {
                Operator::Equal => order == Ordering::Equal,
                Operator::Unequal => order != Ordering::Equal,
                Operator::Less => order == Ordering::Less,
                Operator::LessOrEqual => order != Ordering::Greater,
                Operator::Greater => order == Ordering::Greater,
                Operator::GreaterOrEqual => order != Ordering::Less,
            }
        }
        // A truth value and anything else are unequal.
        _ => operator == Operator::Unequal,
    }
}

/// Compares digits as numbers of any length; `None` if either is not a number.
fn order(first: &[u8], second: &[u8]) -> Option<Ordering> {
    let number = |bytes: &[u8]| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit);
    if !number(first) || !number(second) {
        return None;
    }
    let bare = |bytes: &'_ [u8]| bytes.iter().take_while(|byte| **byte == b'0').count();
    let (first, second) = (&first[bare(first)..], &second[bare(second)..]);
    Some(first.len().cmp(&second.len()).then_with(|| first.cmp(second)))
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, ConditionError>;

impl Parser<'_> {
    fn error(&self, message: &'static str) -> ConditionError {
        ConditionError { position: self.text[..self.at].chars().count() + 1, message }
    }
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }
    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }
    fn take(&mut self, token: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }
    fn word(&mut self, word: &str) -> bool {
        self.space();
        let found = self
            .rest()
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_'));
        if found {
            self.at += word.len();
        }
        found
    }
    fn or(&mut self) -> Parsed<Condition> {
        let mut all = vec![self.and()?];
        while self.take("||") {
            all.push(self.and()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Condition::Or(all) })
    }
    fn and(&mut self) -> Parsed<Condition> {
        let mut all = vec![self.not()?];
        while self.take("&&") {
            all.push(self.not()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Condition::And(all) })
    }
    fn not(&mut self) -> Parsed<Condition> {
        self.space();
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(self.error("nested more than 32 deep"));
        }
        let condition = if self.rest().starts_with('!') && !self.rest().starts_with("!=") {
            self.at += 1;
            Condition::Not(Box::new(self.not()?))
        } else {
            self.primary()?
        };
        self.depth -= 1;
        Ok(condition)
    }
    fn primary(&mut self) -> Parsed<Condition> {
        if self.take("(") {
            let inner = self.or()?;
            if !self.take(")") {
                return Err(self.error("expected `)`"));
            }
            return Ok(inner);
        }
        let left = self.operand()?;
        let Some(operator) = self.operator() else {
            return match left {
                Operand::Present(path) => Ok(Condition::Present(path)),
                Operand::Bool(value) => Ok(Condition::Bool(value)),
                _ => Err(self.error("a value alone is not a condition; expected a comparison")),
            };
        };
        Ok(Condition::Compare(left, operator, self.operand()?))
    }
    fn operator(&mut self) -> Option<Operator> {
        for (token, operator) in [
            ("==", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ] {
            if self.take(token) {
                return Some(operator);
            }
        }
        None
    }
    fn operand(&mut self) -> Parsed<Operand> {
        if self.word("field") {
            return self.path().map(Operand::Field);
        }
        if self.word("present") {
            return self.path().map(Operand::Present);
        }
        for (word, operand) in
            [("mti", Operand::Mti), ("true", Operand::Bool(true)), ("false", Operand::Bool(false))]
        {
            if self.word(word) {
                return Ok(operand);
            }
        }
        if self.take("'") {
            let Some(end) = self.rest().find('\'') else { return Err(self.error("the text has no end")) };
            let text = self.rest()[..end].to_owned();
            self.at += end + 1;
            return Ok(Operand::Text(text));
        }
        let digits: String = self.rest().chars().take_while(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return Err(self.error("expected field(…), present(…), mti, a text, a number or a truth value"));
        }
        self.at += digits.len();
        Ok(Operand::Digits(digits))
    }
    fn path(&mut self) -> Parsed<Path> {
        if !self.take("(") {
            return Err(self.error("expected `(`"));
        }
        self.space();
        let end = self
            .rest()
            .find(|next: char| !next.is_ascii_alphanumeric() && next != '.')
            .unwrap_or(self.rest().len());
        let path = Path::parse(&self.rest()[..end])
            .ok_or_else(|| self.error("expected an element, like 39 or 55.9F02"))?;
        self.at += end;
        if !self.take(")") {
            return Err(self.error("expected `)`"));
        }
        Ok(path)
    }
}
