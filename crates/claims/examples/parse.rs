fn main() {
    let language = wirecopy_lang::Language::english();
    let text = std::env::args().nth(1).unwrap();
    print!("{:?}", language.analyse(&text));
}
