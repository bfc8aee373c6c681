use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// The text of a file: by its byte order mark, as UTF-8 where it is that, else by what its bytes look like. What fits
/// no encoding becomes U+FFFD; nothing is lost but the byte order mark.
///
/// ```
/// use wirecopy_intake::decode_text;
/// assert_eq!(decode_text(b"\xef\xbb\xbfplain"), "plain");
/// assert_eq!(decode_text("Schöner See".as_bytes()), "Schöner See");
/// assert_eq!(decode_text(b"Gr\xfc\xdfe aus M\xfcnchen, sch\xf6n hier"), "Grüße aus München, schön hier");
/// ```
pub fn decode_text(bytes: &[u8]) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            let encoding = detector.guess(None, Utf8Detection::Allow);
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        }
    }
}
