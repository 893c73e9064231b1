//! The house's analysis as tantivy's tokenizer.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis;

#[derive(Clone)]
pub struct Tokens;

/// The tokens of a text, one after the other in one buffer.
pub struct Stream {
    text: String,
    ends: Vec<usize>,
    next: usize,
    token: Token,
}

impl Tokenizer for Tokens {
    type TokenStream<'a> = Stream;

    fn token_stream(&mut self, text: &str) -> Stream {
        let mut stream = Stream {
            text: String::with_capacity(text.len()),
            ends: Vec::new(),
            next: 0,
            token: Token::default(),
        };
        analysis::tokens(text, |token| {
            stream.text.push_str(token);
            stream.ends.push(stream.text.len());
        });
        stream
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some(&end) = self.ends.get(self.next) else { return false };
        let start = self.next.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.token.text.clear();
        self.token.text.push_str(&self.text[start..end]);
        self.token.position = self.next;
        self.next += 1;
        true
    }
    fn token(&self) -> &Token {
        &self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
