//! What is read of pictures before anything is decoded, and what takes metadata out of them: whatever the
//! bytes are, a header is found or not, the cleaned file has the same header, and cleaning it again changes nothing.

use platform_imaging::structure::{clean, outline};

/// Whether the input was a picture that could be cleaned.
pub fn run(data: &[u8]) -> bool {
    let Some(seen) = outline(data) else { return false };
    let Ok(Some(cleaned)) = clean(data) else { return true };
    let again = outline(&cleaned).unwrap_or_else(|| panic!("no header in the cleaned file"));
    assert_eq!((again.format, again.width, again.height), (seen.format, seen.width, seen.height));
    let twice = clean(&cleaned).unwrap_or_else(|error| panic!("the cleaned file is refused: {error}"));
    assert!(twice.is_none_or(|twice| twice == cleaned), "cleaning again changes it");
    true
}
