//! Questions in tantivy's terms.

use std::ops::Bound;

use tantivy::{
    DocAddress, Searcher, Term,
    collector::{Count, TopDocs, sort_key::SortByStaticFastValue},
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery,
        InvertedIndexRangeQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query as Tantivy, RangeQuery,
        TermQuery, TermSetQuery,
    },
    schema::{Field, IndexRecordOption},
};

use super::{
    Opened,
    folder::{Layout, column, id_column},
    names,
};
use crate::{Error, Expr, Hits, Index, Order, Query, Sort, Text, analysis, analysis::Unit};

/// Words that the end of a phrase may stand for; the rest of very many is left out.
const EXPANSIONS: u32 = 1024;
/// Letters from which on one may be wrong.
const TYPO_LETTERS: usize = 5;
/// How much more a word's exact form tells than its beginning.
const EXACT_BOOST: f32 = 4.0;

type Clause = Box<dyn Tantivy>;

pub fn search(opened: &Opened, index: &Index, query: &Query) -> Result<Hits, Error> {
    let searcher = opened.reader.searcher();
    let layout = &opened.layout;
    let mut clauses = Vec::new();
    if !query.texts.is_empty() {
        let texts = query.texts.iter().map(|asked| text(layout, asked)).collect();
        clauses.push((Occur::Must, any(texts)));
    }
    match &query.filter {
        Expr::Everything if !clauses.is_empty() => {}
        // filters tell nothing about how well a document fits
        filter => {
            let filter = ConstScoreQuery::new(expr(index, layout, filter)?, 0.0);
            clauses.push((Occur::Must, Box::new(filter) as Clause));
        }
    }
    let question = BooleanQuery::new(clauses);
    if query.limit == 0 {
        return Ok(Hits { ids: Vec::new(), total: searcher.search(&question, &Count)? as u64 });
    }
    let top = TopDocs::with_limit(query.limit).and_offset(query.offset);
    let (found, total) = match query.sort[..] {
        [] => {
            let (found, total) = searcher.search(&question, &(top.order_by_score(), Count))?;
            (found.into_iter().map(|(_, at)| at).collect::<Vec<_>>(), total)
        }
        [sort] => {
            let (found, total) = searcher.search(&question, &(top.order_by(key(sort)), Count))?;
            (found.into_iter().map(|(_, at)| at).collect(), total)
        }
        [first, second, ..] => {
            let keys = (key(first), key(second));
            let (found, total) = searcher.search(&question, &(top.order_by(keys), Count))?;
            (found.into_iter().map(|(_, at)| at).collect(), total)
        }
    };
    Ok(Hits { ids: named(&searcher, &found)?, total: total as u64 })
}

fn key(sort: Sort) -> (SortByStaticFastValue<i64>, tantivy::Order) {
    let order = match sort.order {
        Order::Ascending => tantivy::Order::Asc,
        Order::Descending => tantivy::Order::Desc,
    };
    (SortByStaticFastValue::for_field(column(sort.field)), order)
}

fn named(searcher: &Searcher, found: &[DocAddress]) -> Result<Vec<String>, Error> {
    let mut found_names = Vec::with_capacity(found.len());
    for at in found {
        let segment = searcher.segment_reader(at.segment_ord);
        let column = segment.fast_fields().bytes(id_column())?;
        let missing = || Error::Broken("a document without a name".into());
        let column = column.ok_or_else(missing)?;
        let place = column.term_ords(at.doc_id).next().ok_or_else(missing)?;
        let mut name = Vec::new();
        column.ord_to_bytes(place, &mut name)?;
        found_names.push(names::unpack(&name).ok_or_else(missing)?);
    }
    Ok(found_names)
}

fn any(mut clauses: Vec<Clause>) -> Clause {
    match clauses.len() {
        0 => Box::new(EmptyQuery),
        1 => clauses.remove(0),
        _ => Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Should, clause)).collect())),
    }
}

fn all(mut clauses: Vec<Clause>) -> Clause {
    match clauses.len() {
        0 => Box::new(AllQuery),
        1 => clauses.remove(0),
        _ => Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Must, clause)).collect())),
    }
}

fn word(field: Field, word: &str) -> Clause {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

/// Every word that begins so.
fn beginning(field: Field, word: &str) -> Clause {
    let upper =
        after(word).map_or(Bound::Unbounded, |end| Bound::Excluded(Term::from_field_text(field, &end)));
    Box::new(InvertedIndexRangeQuery::new(Bound::Included(Term::from_field_text(field, word)), upper))
}

/// The least text that is greater than whatever begins with `word`.
fn after(word: &str) -> Option<String> {
    let mut chars: Vec<char> = word.chars().collect();
    while let Some(last) = chars.pop() {
        let next = char::from_u32(last as u32 + 1).or_else(|| (last < '\u{E000}').then_some('\u{E000}'));
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

fn text(layout: &Layout, asked: &Text) -> Clause {
    let fields = layout.words();
    let everywhere = |make: &dyn Fn(Field) -> Clause| any(fields.iter().map(|field| make(*field)).collect());
    let units = analysis::units(&asked.words);
    let last = units.len().saturating_sub(1);
    let mut clauses: Vec<Clause> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        clauses.push(everywhere(&|field| match unit {
            Unit::Pairs(pairs) => sequence(field, pairs, false),
            Unit::Character(character) => beginning(field, character),
            Unit::Word(text) => {
                let mut ways = vec![word(field, text)];
                if asked.prefix && at == last {
                    ways =
                        vec![Box::new(BoostQuery::new(ways.remove(0), EXACT_BOOST)), beginning(field, text)];
                }
                if asked.typos && text.chars().count() >= TYPO_LETTERS {
                    let term = Term::from_field_text(field, text);
                    let close = if asked.prefix && at == last {
                        FuzzyTermQuery::new_prefix(term, 1, true)
                    } else {
                        FuzzyTermQuery::new(term, 1, true)
                    };
                    ways.push(Box::new(close));
                }
                any(ways)
            }
        }));
    }
    for phrase in &asked.phrases {
        let mut tokens: Vec<String> = Vec::new();
        let units = analysis::units(phrase);
        for unit in &units {
            match unit {
                Unit::Word(text) | Unit::Character(text) => tokens.push(text.clone()),
                Unit::Pairs(pairs) => {
                    tokens.extend(pairs.iter().cloned());
                }
            }
        }
        // after a run of pairs stands its last character by itself: words on both sides of it
        // are looked for, but not as neighbours
        let dense = units.len() > 1 && units.iter().any(|unit| !matches!(unit, Unit::Word(_)));
        if dense {
            clauses.extend(tokens.iter().map(|token| everywhere(&|field| beginning(field, token))));
        } else if !tokens.is_empty() {
            clauses.push(everywhere(&|field| sequence(field, &tokens, true)));
        }
    }
    if clauses.is_empty() { Box::new(EmptyQuery) } else { all(clauses) }
}

/// The words one after the other; the last may go on.
fn sequence(field: Field, words: &[String], go_on: bool) -> Clause {
    match words {
        [] => Box::new(EmptyQuery),
        [one] if go_on => beginning(field, one),
        [one] => word(field, one),
        _ => {
            let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            if go_on {
                let mut phrase = PhrasePrefixQuery::new(terms);
                phrase.set_max_expansions(EXPANSIONS);
                Box::new(phrase)
            } else {
                Box::new(PhraseQuery::new(terms))
            }
        }
    }
}

/// Conditions on fields that are not text.
pub fn expr(index: &Index, layout: &Layout, asked: &Expr) -> Result<Clause, Error> {
    let field = |name: &str| {
        let place = layout.place(name).and_then(|(_, place)| place.exact);
        place.ok_or_else(|| Error::Refused(format!("{} has no field {name} to filter by", index.name)))
    };
    let exactly = |field: Field, value: &str| {
        Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic)) as Clause
    };
    Ok(match asked {
        Expr::Everything => Box::new(AllQuery),
        Expr::Nothing => Box::new(EmptyQuery),
        Expr::Is(name, value) => exactly(field(name)?, value),
        Expr::Any(name, values) => {
            let field = field(name)?;
            match &values[..] {
                [] => Box::new(EmptyQuery),
                [value] => exactly(field, value),
                values => {
                    let terms = values.iter().map(|value| Term::from_field_text(field, value));
                    Box::new(TermSetQuery::new(terms))
                }
            }
        }
        Expr::Flag(name, true) => exactly(field(name)?, "1"),
        Expr::Flag(name, false) => not(exactly(field(name)?, "1")),
        Expr::Between(name, from, to) => {
            let field = field(name)?;
            let bound = |value: &Option<i64>| {
                value.map_or(Bound::Unbounded, |value| Bound::Included(Term::from_field_i64(field, value)))
            };
            if from.is_none() && to.is_none() {
                return Ok(Box::new(AllQuery));
            }
            Box::new(RangeQuery::new(bound(from), bound(to)))
        }
        Expr::And(parts) => {
            all(parts.iter().map(|part| expr(index, layout, part)).collect::<Result<_, _>>()?)
        }
        Expr::Or(parts) => {
            any(parts.iter().map(|part| expr(index, layout, part)).collect::<Result<_, _>>()?)
        }
        Expr::Not(part) => not(expr(index, layout, part)?),
    })
}

fn not(clause: Clause) -> Clause {
    Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery) as Clause), (Occur::MustNot, clause)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_beginning() {
        assert_eq!(after("ab").as_deref(), Some("ac"));
        assert_eq!(after("a\u{D7FF}").as_deref(), Some("a\u{E000}"));
        assert_eq!(after("a\u{10FFFF}").as_deref(), Some("b"));
        assert_eq!(after("\u{10FFFF}"), None);
    }
}
