//! The history of real repositories: what `git log --follow` shows, in every layout, and what of it readers see.

mod build;
mod cache;
mod follow;
mod hostile;
mod layouts;
mod past;
mod random;
mod support;
