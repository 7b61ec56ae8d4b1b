//! Who is connected: at most so many at a time, and whoever comes when all places are taken gets that of the one who
//! has kept his longest without an answer being made for him. So many idle or slow connections keep nobody out.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;

/// How many connections are served at a time.
const MOST: usize = 256;

/// How long a connection may last that is no event stream. Browsers open another.
const LONGEST: Duration = Duration::from_secs(60);

/// All connections, those that came first in front.
#[derive(Default)]
pub(super) struct Connections(Mutex<VecDeque<Arc<Connection>>>);

/// What is known of one connection.
#[derive(Default)]
pub(super) struct Connection {
    is_answering: AtomicBool,
    is_stream: AtomicBool,
    must_go: Notify,
}

/// The place of one connection among all; free again when this is dropped.
pub(super) struct Place {
    all: Arc<Connections>,
    connection: Arc<Connection>,
}

impl Connections {
    /// A place for one more; none if everybody is being answered or listens to events.
    pub(super) fn enter(all: &Arc<Self>) -> Option<Place> {
        let connection = Arc::default();
        let mut places = all.0.lock().expect("nothing panics while it is held");
        if places.len() >= MOST {
            let idle = places.iter().position(|place| place.is_idle())?;
            // A permit is kept for whoever is not yet waiting for the word.
            places.remove(idle)?.must_go.notify_one();
        }
        places.push_back(Arc::clone(&connection));
        drop(places);
        Some(Place { all: Arc::clone(all), connection })
    }
}

impl Place {
    pub(super) fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }

    /// Returns when the connection is to be closed: another needs its place, or it has lasted too long.
    pub(super) async fn must_go(&self) {
        loop {
            tokio::select! {
                () = self.connection.must_go.notified() => return,
                () = tokio::time::sleep(LONGEST) => {
                    if !self.connection.is_stream.load(Ordering::Relaxed) {
                        return;
                    }
                }
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = self.all.0.lock().expect("nothing panics while it is held");
        places.retain(|place| !Arc::ptr_eq(place, &self.connection));
    }
}

impl Connection {
    fn is_idle(&self) -> bool {
        !self.is_answering.load(Ordering::Relaxed) && !self.is_stream.load(Ordering::Relaxed)
    }

    /// From now on it carries events, for as long as the other end listens.
    pub(super) fn becomes_stream(&self) {
        self.is_stream.store(true, Ordering::Relaxed);
    }

    /// Keeps the place while an answer is made.
    pub(super) async fn while_answering<T>(&self, answer: impl Future<Output = T>) -> T {
        self.is_answering.store(true, Ordering::Relaxed);
        let answer = answer.await;
        self.is_answering.store(false, Ordering::Relaxed);
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use super::*;

    fn is_told_to_go(place: &Place) -> bool {
        let mut told = std::pin::pin!(place.connection.must_go.notified());
        told.as_mut().enable()
    }

    #[test]
    fn the_place_of_the_longest_idle_one_is_given_away() {
        let all = Arc::new(Connections::default());
        let mut places: Vec<Place> = (0..MOST).filter_map(|_| Connections::enter(&all)).collect();
        assert_eq!(places.len(), MOST);
        places[0].connection().becomes_stream();
        places[1].connection.is_answering.store(true, Ordering::Relaxed);
        places.push(Connections::enter(&all).unwrap());
        let gone: Vec<usize> = (0..=MOST).filter(|&number| is_told_to_go(&places[number])).collect();
        assert_eq!(gone, [2]);
        drop(places);
        assert!(all.0.lock().unwrap().is_empty());
    }

    #[test]
    fn nobody_who_is_answered_has_to_go() {
        let all = Arc::new(Connections::default());
        let places: Vec<Place> = (0..MOST).filter_map(|_| Connections::enter(&all)).collect();
        places.iter().for_each(|place| place.connection().becomes_stream());
        assert!(Connections::enter(&all).is_none());
        drop(places);
        assert!(Connections::enter(&all).is_some());
    }

    #[tokio::test]
    async fn an_answer_that_is_made_leaves_the_place_idle() {
        let connection = Connection::default();
        assert_eq!(connection.while_answering(ready(1)).await, 1);
        assert!(connection.is_idle());
    }
}
