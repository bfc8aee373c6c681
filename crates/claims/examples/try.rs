use std::io::BufRead;
use wirecopy_claims::*;
use wirecopy_model::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let model = (args[2] != "-").then(|| Model::from_bytes(std::fs::read(&args[2]).unwrap()).unwrap());
    let language = wirecopy_lang::Language::english();
    let bare = args.get(3).is_some_and(|a| a == "bare");
    let mut spent = std::time::Duration::ZERO;
    let mut words = 0;
    for line in std::io::BufReader::new(std::fs::File::open(&args[1]).unwrap()).lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = v["text"].as_str().unwrap();
        let id: ArticleId = serde_json::from_value(v["id"].clone()).unwrap();
        let a = wirecopy_lang::annotation(&id, &language.analyse(text));
        let whole = Span::whole(Piece::new(0, text.chars().count()));
        let t = std::time::Instant::now();
        let c = claims_of(text, &whole, (!bare).then_some(&a), model.as_ref());
        spent += t.elapsed();
        words += text.split_whitespace().count();
        println!("{}", serde_json::to_string(&ClaimedArticle { id, claims: c }).unwrap());
    }
    eprintln!("{words} words, {:.0} words/s", words as f64 / spent.as_secs_f64());
}
