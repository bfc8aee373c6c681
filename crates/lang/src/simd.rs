//! Dense layers over rows of `f32`, with the SIMD of the machine chosen at run time.
//!
//! Weights are packed once, for the width of this machine's vectors, so that a block of outputs is computed in registers
//! and the maximum over the pieces of a maxout layer costs nothing. Every output is a sum in the order of its inputs,
//! with one rounding a step, whatever the width: machines with fused multiply-add (x86-64 since 2013, all of aarch64)
//! agree to the last bit.
//!
//! Not for: matrices whose shapes are unknown when the weights are loaded.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

/// Vectors of one block of a linear layer: 106 and 74 classes fit into one block of seven 512-bit vectors, and seven
/// sums at once hide the latency of the multiply-add.
const LINEAR_VECTORS: usize = 7;

/// Rows at once where a block has three vectors: 8 × 3 sums fill the 32 registers of AVX-512 and NEON; AVX2 has 16.
const ROWS_WIDE: usize = 8;
const ROWS_NARROW: usize = 4;

/// What becomes of the vectors of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finish {
    /// They are outputs, side by side.
    Store,
    /// They are the pieces of the same outputs; the greatest counts.
    Max,
}

/// A layer `y = W x + b`, or the maximum over the pieces of such a layer.
#[derive(Clone, Debug)]
pub(crate) struct Dense {
    arch: Arch,
    finish: Finish,
    /// Vectors of a block.
    vectors: usize,
    inputs: usize,
    outputs: usize,
    /// Block by block: the biases of its vectors, then for each input the weights of its vectors.
    packed: Vec<f32>,
}

impl Dense {
    /// A linear layer from `weights[output][input]`.
    pub(crate) fn linear(weights: &[f32], bias: &[f32]) -> Dense {
        let (outputs, inputs) = (bias.len(), weights.len() / bias.len().max(1));
        let arch = Arch::new();
        let width = arch.dispatch(Lanes);
        let packed =
            pack(outputs.div_ceil(width * LINEAR_VECTORS), LINEAR_VECTORS, width, inputs, |block, vector, lane| {
                let output = (block * LINEAR_VECTORS + vector) * width + lane;
                (output < outputs).then(|| (bias[output], &weights[output * inputs..][..inputs]))
            });
        Dense { arch, finish: Finish::Store, vectors: LINEAR_VECTORS, inputs, outputs, packed }
    }

    /// A maxout layer from `weights[output][piece][input]` and `bias[output][piece]`.
    pub(crate) fn maxout(weights: &[f32], bias: &[f32], pieces: usize) -> Dense {
        let (outputs, inputs) = (bias.len() / pieces, weights.len() / bias.len().max(1));
        let arch = Arch::new();
        let width = arch.dispatch(Lanes);
        let packed = pack(outputs.div_ceil(width), pieces, width, inputs, |block, piece, lane| {
            let output = block * width + lane;
            let row = output * pieces + piece;
            (output < outputs).then(|| (bias[row], &weights[row * inputs..][..inputs]))
        });
        Dense { arch, finish: Finish::Max, vectors: pieces, inputs, outputs, packed }
    }

    /// How many outputs it has.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// How many inputs it takes.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Applies the layer to rows: row `r` of the input begins at `r * stride` and may overlap the next (a window over
    /// neighbours is a stride smaller than its length). Row `r` of the result begins at `r * outputs` of `out`.
    pub(crate) fn apply(&self, input: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        assert!(out.len() >= rows * self.outputs);
        self.arch.dispatch(Apply { layer: self, input, stride, rows, out });
    }
}

/// How many `f32` a vector holds.
struct Lanes;

impl WithSimd for Lanes {
    type Output = usize;

    fn with_simd<S: Simd>(self, _: S) -> usize {
        S::F32_LANES
    }
}

fn pack<'w>(
    blocks: usize,
    vectors: usize,
    width: usize,
    inputs: usize,
    row: impl Fn(usize, usize, usize) -> Option<(f32, &'w [f32])>,
) -> Vec<f32> {
    let size = vectors * width;
    let mut packed = vec![0.0; blocks * size * (inputs + 1)];
    for (block, values) in packed.chunks_exact_mut((size * (inputs + 1)).max(1)).enumerate() {
        for vector in 0..vectors {
            for lane in 0..width {
                let Some((bias, weights)) = row(block, vector, lane) else { continue };
                let at = vector * width + lane;
                values[at] = bias;
                for (input, weight) in weights.iter().enumerate() {
                    values[size * (input + 1) + at] = *weight;
                }
            }
        }
    }
    packed
}

struct Apply<'a> {
    layer: &'a Dense,
    input: &'a [f32],
    stride: usize,
    rows: usize,
    out: &'a mut [f32],
}

impl WithSimd for Apply<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        match self.layer.vectors {
            1 => self.all::<S, 1>(simd),
            2 => self.all::<S, 2>(simd),
            3 => self.all::<S, 3>(simd),
            4 => self.all::<S, 4>(simd),
            LINEAR_VECTORS => self.all::<S, LINEAR_VECTORS>(simd),
            pieces => unreachable!("the reader of the model file accepts one to four pieces, not {pieces}"),
        }
    }
}

impl Apply<'_> {
    #[inline(always)]
    fn all<S: Simd, const V: usize>(&mut self, simd: S) {
        let size = V * S::F32_LANES * (self.layer.inputs + 1);
        let layer = self.layer;
        for (block, packed) in layer.packed.chunks_exact(size).enumerate() {
            let mut row = 0;
            if V <= 3 && S::REGISTER_COUNT >= 32 {
                while row + ROWS_WIDE <= self.rows {
                    self.tile::<S, V, ROWS_WIDE>(simd, block, packed, row);
                    row += ROWS_WIDE;
                }
            }
            while V <= 3 && row + ROWS_NARROW <= self.rows {
                self.tile::<S, V, ROWS_NARROW>(simd, block, packed, row);
                row += ROWS_NARROW;
            }
            while row + 2 <= self.rows {
                self.tile::<S, V, 2>(simd, block, packed, row);
                row += 2;
            }
            if row < self.rows {
                self.tile::<S, V, 1>(simd, block, packed, row);
            }
        }
    }

    /// One block of outputs for `R` rows, in registers.
    #[inline(always)]
    fn tile<S: Simd, const V: usize, const R: usize>(&mut self, simd: S, block: usize, packed: &[f32], row: usize) {
        let (vectors, _) = S::as_simd_f32s(packed);
        let (bias, weights) = vectors.split_at(V);
        let inputs = weights.len() / V;
        let rows: [&[f32]; R] = std::array::from_fn(|r| &self.input[(row + r) * self.stride..][..inputs]);
        let mut sums: [[S::f32s; V]; R] = [std::array::from_fn(|v| bias[v]); R];
        for (input, weights) in weights.chunks_exact(V).enumerate() {
            for r in 0..R {
                let value = simd.splat_f32s(rows[r][input]);
                for v in 0..V {
                    sums[r][v] = simd.mul_add_e_f32s(value, weights[v], sums[r][v]);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let out = &mut self.out[(row + r) * self.layer.outputs..][..self.layer.outputs];
            match self.layer.finish {
                Finish::Max => {
                    let best = sums.into_iter().reduce(|a, b| simd.max_f32s(a, b));
                    best.into_iter().for_each(|best| store(simd, lanes::<S>(block, out.len()), out, best));
                }
                Finish::Store => {
                    for (v, sum) in sums.into_iter().enumerate() {
                        store(simd, lanes::<S>(block * V + v, out.len()), out, sum);
                    }
                }
            }
        }
    }
}

/// The outputs that vector `index` of a row covers.
#[inline(always)]
fn lanes<S: Simd>(index: usize, outputs: usize) -> Range<usize> {
    let start = (index * S::F32_LANES).min(outputs);
    start..(start + S::F32_LANES).min(outputs)
}

#[inline(always)]
fn store<S: Simd>(simd: S, range: Range<usize>, out: &mut [f32], value: S::f32s) {
    simd.partial_store_f32s(&mut out[range], value);
}

/// The layer norm `(x - mean) / sqrt(variance + 1e-8) * gain + shift` of each row of `rows`, in place; `residual` is
/// added where it is given (row `r` of it at `r * width`).
pub(crate) fn layer_norm(arch: Arch, norm: &LayerNorm, rows: &mut [f32], residual: Option<&[f32]>) {
    arch.dispatch(Normalise { norm, rows, residual });
}

/// Gain and shift of a layer norm.
#[derive(Clone, Debug)]
pub(crate) struct LayerNorm {
    pub(crate) gain: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

struct Normalise<'a> {
    norm: &'a LayerNorm,
    rows: &'a mut [f32],
    residual: Option<&'a [f32]>,
}

impl WithSimd for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let width = self.norm.gain.len();
        for (r, row) in self.rows.chunks_exact_mut(width).enumerate() {
            let mean = total(row, |x| x) / width as f32;
            let variance = total(row, |x| (x - mean) * (x - mean)) / width as f32;
            let scale = 1.0 / (variance + 1e-8).sqrt();
            for ((x, gain), shift) in row.iter_mut().zip(&self.norm.gain).zip(&self.norm.shift) {
                *x = (*x - mean) * scale * gain + shift;
            }
            if let Some(residual) = self.residual {
                for (x, old) in row.iter_mut().zip(&residual[r * width..][..width]) {
                    *x += old;
                }
            }
        }
    }
}

/// The sum of `f` over `values` in an order that no vector width changes: sixteen running sums.
#[inline(always)]
fn total(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; 16];
    let (chunks, rest) = values.as_chunks::<16>();
    for chunk in chunks {
        for (sum, value) in sums.iter_mut().zip(chunk) {
            *sum += f(*value);
        }
    }
    for (sum, value) in sums.iter_mut().zip(rest) {
        *sum += f(*value);
    }
    let mut half = 8;
    while half > 0 {
        for i in 0..half {
            sums[i] += sums[i + half];
        }
        half /= 2;
    }
    sums[0]
}
