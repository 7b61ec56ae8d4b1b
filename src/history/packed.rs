//! How what is remembered is laid out in bytes: numbers, texts and lists one after the other, and a seal at the end.
//!
//! What cannot be read back to the last byte is as good as nothing.

use crate::text::Date;

/// The length of the seal, in bytes.
const SEAL: usize = blake3::OUT_LEN;

/// What is written so far.
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// Begins with words that tell what follows, and of which version it is.
    pub(crate) fn new(head: &str) -> Self {
        Self(head.as_bytes().to_vec())
    }

    /// A part that is put into another one later.
    pub(crate) fn part() -> Self {
        Self(Vec::new())
    }

    /// All of it, with a seal.
    pub(crate) fn sealed(mut self) -> Vec<u8> {
        let seal = blake3::hash(&self.0);
        self.0.extend(seal.as_bytes());
        self.0
    }

    /// All of a part.
    pub(crate) fn into_part(self) -> Vec<u8> {
        self.0
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    pub(crate) fn number(&mut self, number: usize) {
        let mut rest = number as u64;
        while rest >= 0x80 {
            self.0.push((rest & 0x7F) as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(crate) fn truth(&mut self, truth: bool) {
        self.0.push(u8::from(truth));
    }

    /// Bytes whose number is known to the reader.
    pub(crate) fn plain(&mut self, bytes: &[u8]) {
        self.0.extend(bytes);
    }

    /// Bytes, with their number in front.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.0.extend(bytes);
    }

    pub(crate) fn date(&mut self, date: Date) {
        let civil = date.civil();
        self.0.extend(civil.year().to_le_bytes());
        self.0.extend(civil.month().to_le_bytes());
        self.0.extend(civil.day().to_le_bytes());
    }
}

/// What a [`Writer`] sealed, behind its head; `None` if a byte differs, or if it begins with other words.
pub(crate) fn opened<'a>(bytes: &'a [u8], head: &str) -> Option<Reader<'a>> {
    let (body, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
    if blake3::hash(body).as_bytes() != seal {
        return None;
    }
    body.strip_prefix(head.as_bytes()).map(Reader)
}

/// Where what is left of sealed bytes begins in them.
pub(crate) fn place(bytes: &[u8], left: &Reader) -> Option<usize> {
    bytes.len().checked_sub(SEAL)?.checked_sub(left.left())
}

/// What is left to be read. Each of its functions is `None` where the bytes are not what is asked for.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// The reader of a part.
    pub(crate) fn of(part: &'a [u8]) -> Self {
        Self(part)
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.0.len()
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        Some(self.array::<1>()?[0])
    }

    pub(crate) fn truth(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    pub(crate) fn number(&mut self) -> Option<usize> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return usize::try_from(number).ok();
            }
        }
        None
    }

    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        str::from_utf8(self.bytes()?).ok()
    }

    pub(crate) fn date(&mut self) -> Option<Date> {
        let year = i16::from_le_bytes(self.array()?);
        let (month, day) = (i8::from_le_bytes(self.array()?), i8::from_le_bytes(self.array()?));
        Date::new(year, month, day).filter(|date| (1900..=2199).contains(&date.year()))
    }

    pub(crate) fn list<T, C: FromIterator<T>>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<C> {
        let count = self.number()?;
        (0..count).map(|_| item(self)).collect()
    }
}
