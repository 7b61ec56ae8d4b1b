//! A word that only those know who were given the link.

/// 128 random bits as hexadecimal digits.
#[derive(Clone)]
pub(super) struct Secret(String);

impl Secret {
    /// A new one, which nobody can guess.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub(super) fn new() -> std::io::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether that is it. Takes as long for a wrong word as for the right one.
    pub(super) fn is(&self, word: &str) -> bool {
        let differing = self.0.bytes().zip(word.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
        word.len() == self.0.len() && differing == 0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_word_is_the_secret() {
        let secret = Secret::new().unwrap();
        let word = secret.as_str().to_owned();
        assert_eq!(word.len(), 32);
        assert!(secret.is(&word));
        assert_ne!(Secret::new().unwrap().as_str(), word);
        for other in
            ["", &word[1..], &format!("{word}0"), &word.to_uppercase().replace(char::is_numeric, "x")]
        {
            assert!(!secret.is(other), "{other}");
        }
    }
}
