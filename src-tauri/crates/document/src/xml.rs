//! XML under construction, for the packages that are written part by part.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use std::io;

pub(crate) type Written = io::Result<()>;

/// XML being written: names and attributes are ours, texts are escaped.
pub(crate) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// A document: its declaration first.
    pub fn document() -> io::Result<Self> {
        let mut xml = Self { writer: Writer::new(Vec::new()) };
        xml.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        Ok(xml)
    }

    /// A piece of one.
    pub fn fragment() -> Self {
        Self { writer: Writer::new(Vec::new()) }
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> Written {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Start(start))
    }

    pub fn close(&mut self, name: &str) -> Written {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Written {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Empty(start))
    }

    pub fn text(&mut self, text: &str) -> Written {
        self.writer.write_event(Event::Text(BytesText::new(text)))
    }

    /// An element around what `inside` writes.
    pub fn within(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self) -> Written,
    ) -> Written {
        self.open(name, attributes)?;
        inside(self)?;
        self.close(name)
    }

    /// An element that holds a text.
    pub fn holding(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Written {
        self.within(name, attributes, |xml| xml.text(text))
    }

    pub fn finish(self) -> Vec<u8> {
        self.writer.into_inner()
    }
}
