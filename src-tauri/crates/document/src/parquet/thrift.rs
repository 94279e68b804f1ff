//! What Parquet says of itself: Thrift's compact protocol, written.

/// Kinds of values.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// A structure, field by field in the order of their numbers.
#[derive(Default)]
pub struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

impl Struct {
    pub fn i32(mut self, field: u8, value: i32) -> Self {
        self.field(field, I32);
        varint(&mut self.bytes, zigzag(value.into()));
        self
    }

    pub fn i64(mut self, field: u8, value: i64) -> Self {
        self.field(field, I64);
        varint(&mut self.bytes, zigzag(value));
        self
    }

    pub fn text(mut self, field: u8, value: &str) -> Self {
        self.field(field, BINARY);
        binary(&mut self.bytes, value);
        self
    }

    pub fn within(mut self, field: u8, value: Self) -> Self {
        self.field(field, STRUCT);
        self.bytes.extend(value.done());
        self
    }

    pub fn list(mut self, field: u8, values: Vec<Self>) -> Self {
        self.field(field, LIST);
        self.length(values.len(), STRUCT);
        values.into_iter().for_each(|value| self.bytes.extend(value.done()));
        self
    }

    pub fn numbers(mut self, field: u8, values: &[i32]) -> Self {
        self.field(field, LIST);
        self.length(values.len(), I32);
        values.iter().for_each(|value| varint(&mut self.bytes, zigzag((*value).into())));
        self
    }

    pub fn texts(mut self, field: u8, values: &[&str]) -> Self {
        self.field(field, LIST);
        self.length(values.len(), BINARY);
        values.iter().for_each(|value| binary(&mut self.bytes, value));
        self
    }

    /// Its bytes, and the sign that it ends.
    pub fn done(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }

    /// Numbers here are small and rise: how far the last one was fits in half a byte.
    fn field(&mut self, number: u8, kind: u8) {
        debug_assert!(number > self.last && number - self.last < 16, "fields come in order");
        self.bytes.push((number - self.last) << 4 | kind);
        self.last = number;
    }

    fn length(&mut self, length: usize, kind: u8) {
        match u8::try_from(length) {
            Ok(short) if short < 15 => self.bytes.push(short << 4 | kind),
            _ => {
                self.bytes.push(0xf0 | kind);
                varint(&mut self.bytes, length as u64);
            }
        }
    }
}

fn binary(out: &mut Vec<u8>, value: &str) {
    varint(out, value.len() as u64);
    out.extend_from_slice(value.as_bytes());
}

/// Small numbers of either sign as small numbers.
#[allow(clippy::cast_sign_loss, reason = "the sign becomes the last bit")]
const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

/// Seven bits at a time, the low ones first.
#[allow(clippy::cast_possible_truncation, reason = "seven bits fit in a byte")]
pub fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::Struct;

    #[test]
    fn fields_are_written_as_the_protocol_says() {
        let told = Struct::default().i32(1, -1).i64(5, 300).text(6, "é").numbers(7, &[0]).within(9, Struct::default());
        assert_eq!(told.done(), [0x15, 1, 0x46, 0xd8, 0x04, 0x18, 2, 0xc3, 0xa9, 0x19, 0x15, 0, 0x2c, 0, 0]);
        let long = Struct::default().list(1, (0..16).map(|_| Struct::default()).collect()).done();
        assert_eq!(long[..3], [0x19, 0xfc, 16]);
    }
}
