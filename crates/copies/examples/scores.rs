//! dev
use std::io::*;
use wirecopy_copies::*;
fn main(){
    let docs: Vec<Document> = stdin().lines().map(|l| { let v: serde_json::Value = serde_json::from_str(&l.unwrap()).unwrap(); Document::of_text(v["id"].as_str().unwrap(), v["text"].as_str().unwrap()) }).collect();
    let mut t=std::time::Instant::now();
    let sk: Vec<Sketch> = docs.iter().map(Sketch::of).collect();
    let mut ix=Index::default(); for s in sk { ix.insert(s); }
    let by: std::collections::HashMap<_,_>=docs.iter().map(|d|(d.id().clone(),d)).collect();
    let mut pairs=vec![];
    for d in &docs { for o in ix.candidates(d.id()) { if *d.id()<o { pairs.push((d,by[&o])); } } }
    eprintln!("candidates {:?} {}", t.elapsed(), pairs.len()); t=std::time::Instant::now();
    let r: Vec<_>=pairs.iter().map(|(a,b)| relate(a,b)).collect();
    eprintln!("relate {:?}", t.elapsed());
    for ((a,b),p) in pairs.iter().zip(r) { println!("{} {} {} {}", a.id().as_str(), b.id().as_str(), p.as_ref().map_or(0.0,|p| if p.edge.relation.is_copy(){p.edge.score}else{0.0}), p.map_or("none",|p|p.edge.relation.as_str())); }
}
