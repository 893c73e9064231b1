//! The transport header of terminals: an id, a destination, a source.

/// The bytes of one TPDU, as they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tpdu([u8; 5]);

impl Tpdu {
    pub const LEN: usize = 5;

    /// `60`, destination, source.
    pub const fn new(destination: u16, source: u16) -> Self {
        let (to, from) = (destination.to_be_bytes(), source.to_be_bytes());
        Self([0x60, to[0], to[1], from[0], from[1]])
    }
    /// Takes it off the front of a body.
    pub fn split(body: &[u8]) -> Option<(Self, &[u8])> {
        let (header, rest) = body.split_first_chunk()?;
        Some((Self(*header), rest))
    }
    pub const fn destination(self) -> u16 {
        u16::from_be_bytes([self.0[1], self.0[2]])
    }
    pub const fn source(self) -> u16 {
        u16::from_be_bytes([self.0[3], self.0[4]])
    }
    /// The header of the reply: the addresses change places.
    #[must_use]
    pub const fn swapped(self) -> Self {
        let [id, a, b, c, d] = self.0;
        Self([id, c, d, a, b])
    }
    pub const fn bytes(&self) -> &[u8; 5] {
        &self.0
    }
}
