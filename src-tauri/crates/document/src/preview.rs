//! Pages as pictures, to be looked at beside the choices: the first ones, of an excerpt, so that they follow what is typed.

use crate::{
    DocumentError, Work, content,
    model::{Block, Document, Shape},
    pdf,
    source::PlanSource,
};

/// Pages that are shown.
const PAGES: usize = 4;
/// Blocks of a document without fiches-actions that are laid out for them, and rows of a table.
const BLOCKS: usize = 30;
const ROWS: usize = 12;

/// The first pages, as SVG. None for what has no pages: workbooks and data.
///
/// # Errors
/// [`DocumentError`] where the layout is refused.
pub(crate) fn pages(work: Work) -> Result<Vec<String>, DocumentError> {
    let pages = match work {
        Work::Text(document) => pdf::document_pages(&excerpt(document)),
        Work::Deck(mut deck) => {
            deck.slides.truncate(PAGES);
            pdf::deck_pages(&deck)
        }
        Work::Cards(mut cards) => {
            cards.count = cards.count.min(8);
            pdf::cards_pages(&cards)
        }
        Work::Handout(mut handout) => {
            match &mut handout.shape {
                Shape::Papers { copies, papers } => {
                    *copies = (*copies).min(2);
                    papers.truncate(PAGES);
                }
                Shape::Tents { count, .. } => *count = (*count).min(2),
                Shape::Poster { .. } => {}
            }
            pdf::handout_pages(&handout)
        }
        Work::Book(_) | Work::Data(_) => Ok(Vec::new()),
    }?;
    Ok(pages.into_iter().take(PAGES).collect())
}

/// The page of one action, and those that follow where its text spills; none if the plan has no such action.
///
/// # Errors
/// [`DocumentError`] where the layout is refused.
pub fn preview_action(plan: &PlanSource, id: &str) -> Result<Vec<String>, DocumentError> {
    let page = content::action_page(plan, id)?.map(|page| pdf::document_pages(&page)).transpose()?;
    Ok(page.unwrap_or_default().into_iter().take(PAGES).collect())
}

/// The beginning, and the first fiche-action if there is one.
fn excerpt(mut document: Document) -> Document {
    let sheet = document.blocks.iter().position(|block| matches!(block, Block::Action { .. }));
    document.blocks = match sheet {
        Some(from) => {
            let ends = |block: &Block| matches!(block, Block::Action { .. } | Block::Heading { .. } | Block::PageBreak);
            let length = document.blocks[from + 1..].iter().position(ends).unwrap_or(document.blocks.len() - from - 1);
            let action = document.blocks[from..=from + length].to_vec();
            let first = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
            let summary = document.blocks.iter().skip(1).position(first).map_or(from, |at| at + 1).min(from);
            let mut blocks = document.blocks[..summary].to_vec();
            blocks.push(Block::PageBreak);
            blocks.extend(action);
            blocks
        }
        None => {
            document.blocks.truncate(BLOCKS);
            document.blocks
        }
    };
    for block in &mut document.blocks {
        if let Block::Table { table } = block {
            table.rows.truncate(ROWS);
        }
    }
    document.drop_dead_links();
    document
}
