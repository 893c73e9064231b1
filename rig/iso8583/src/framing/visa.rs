//! The 22-byte header of the `visa` variant, 26 bytes when a message is rejected.

/// The fields of the header; numbers as they stand, ids and flags as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct VisaHeader {
    /// 22, or 26 and more with a reject.
    pub header_length: u8,
    pub header_format: u8,
    pub text_format: u8,
    /// With the header.
    pub message_length: u16,
    pub destination: [u8; 3],
    pub source: [u8; 3],
    pub round_trip: u8,
    pub flags: [u8; 2],
    pub status_flags: [u8; 3],
    pub batch_number: u8,
    pub user_info: u8,
    /// Bitmap and code, in headers of 26 bytes and more.
    pub reject: Option<([u8; 2], [u8; 2])>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VisaError {
    #[error("the frame is shorter than its header")]
    Short,
    #[error("the header says it has {0} bytes; it has 22 or more")]
    Length(u8),
    #[error("a message of {0} bytes is too long for the header")]
    TooLong(usize),
    #[error("a station id is up to six hexadecimal digits")]
    StationId,
}

impl VisaHeader {
    pub const LEN: usize = 22;

    /// Takes it off the front of a body.
    pub fn split(body: &[u8]) -> Result<(Self, &[u8]), VisaError> {
        let length = *body.first().ok_or(VisaError::Short)?;
        if usize::from(length) < Self::LEN {
            return Err(VisaError::Length(length));
        }
        let (header, rest) = body.split_at_checked(usize::from(length)).ok_or(VisaError::Short)?;
        let reject = (length >= 26).then(|| ([header[22], header[23]], [header[24], header[25]]));
        let parsed = Self {
            header_length: length,
            header_format: header[1],
            text_format: header[2],
            message_length: u16::from_be_bytes([header[3], header[4]]),
            destination: [header[5], header[6], header[7]],
            source: [header[8], header[9], header[10]],
            round_trip: header[11],
            flags: [header[12], header[13]],
            status_flags: [header[14], header[15], header[16]],
            batch_number: header[17],
            user_info: header[21],
            reject,
        };
        Ok((parsed, rest))
    }

    /// Appends the header of a message of `message` bytes from one station to another.
    pub fn write(
        destination: [u8; 3],
        source: [u8; 3],
        message: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), VisaError> {
        let total = u16::try_from(message + Self::LEN).map_err(|_| VisaError::TooLong(message))?;
        let mut header = [0; Self::LEN];
        header[..3].copy_from_slice(&[Self::LEN as u8, 0x01, 0x02]);
        header[3..5].copy_from_slice(&total.to_be_bytes());
        header[5..8].copy_from_slice(&destination);
        header[8..11].copy_from_slice(&source);
        out.extend_from_slice(&header);
        Ok(())
    }

    /// A station id from up to six hexadecimal digits; fewer get zeros on the left.
    pub fn station(text: &str) -> Result<[u8; 3], VisaError> {
        if text.len() > 6 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(VisaError::StationId);
        }
        let value = if text.is_empty() {
            0
        } else {
            u32::from_str_radix(text, 16).map_err(|_| VisaError::StationId)?
        };
        let [_, a, b, c] = value.to_be_bytes();
        Ok([a, b, c])
    }
}
