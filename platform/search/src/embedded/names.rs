//! Names of documents in fewer bytes. They are mostly made of ids, whose digits take more than
//! twice the room of the numbers; every document has its name in two dictionaries.

/// Stands before a number of eight bytes; no byte of a text.
const NUMBER: u8 = 0xFF;
/// Shorter runs of digits gain nothing.
const WORTH: usize = 10;

/// The name as it is kept.
pub fn pack(name: &str) -> Vec<u8> {
    let mut packed = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some(first) = rest.first() {
        let is_run = first.is_ascii_digit();
        let same = |byte: &&u8| byte.is_ascii_digit() == is_run;
        let (run, after) = rest.split_at(rest.iter().take_while(same).count());
        match number(run).filter(|_| is_run) {
            Some(number) => {
                packed.push(NUMBER);
                packed.extend(number.to_be_bytes());
            }
            None => packed.extend(run),
        }
        rest = after;
    }
    packed
}

/// The number that these digits, and no others, write.
fn number(digits: &[u8]) -> Option<u64> {
    let plain = digits.len() >= WORTH && digits[0] != b'0';
    std::str::from_utf8(digits).ok()?.parse().ok().filter(|_| plain)
}

/// The name that was packed; `None` if nothing was packed like this.
pub fn unpack(mut packed: &[u8]) -> Option<String> {
    let mut name = Vec::with_capacity(packed.len() * 2);
    while let Some((first, rest)) = packed.split_first() {
        if *first == NUMBER {
            let (number, rest) = rest.split_first_chunk::<8>()?;
            name.extend(u64::from_be_bytes(*number).to_string().bytes());
            packed = rest;
        } else {
            name.push(*first);
            packed = rest;
        }
    }
    String::from_utf8(name).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_take_eight_bytes() {
        assert_eq!(pack("1574916506741903360-1574916505089347584").len(), 19);
        assert_eq!(pack("123-456"), b"123-456");
        assert_eq!(pack("01574916506741903360"), b"01574916506741903360");
        assert_eq!(pack("99999999999999999999"), b"99999999999999999999");
        assert_eq!(unpack(&[NUMBER, 1]), None);
    }

    proptest! {
        #[test]
        fn names_come_back(name in "([0-9]{1,22}|[a-z_é-]{1,3}){0,6}") {
            prop_assert_eq!(unpack(&pack(&name)), Some(name));
        }

        #[test]
        fn different_names_stay_different(a in "[0-9]{8,21}-[0-9]{8,21}", b in "[0-9]{8,21}-[0-9]{8,21}") {
            prop_assert_eq!(a == b, pack(&a) == pack(&b));
        }

        #[test]
        fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = unpack(&bytes);
        }
    }
}
