// A whole rollout of Hamilton's equations in one launch, and its vector-Jacobian product in
// another.
//
// H(q, p) = kinetic |p|^2/2 + spring |q|^2/2 + sum over space of a_L, where a_0 = (q, p) on
// channels, z_l = conv(a_{l-1}, W_l) + b_l and a_l = f_l(z_l). Its gradient at a state is one pass
// up and one down:
//
//   delta_L = f'(z_L),  u_{l-1} = convT(delta_l, W_l),  delta_{l-1} = f'(z_{l-1}) u_{l-1},  dH =
//   u_0.
//
// Every f' is written in a = f(z), f' = D(a), so that the delta of a layer takes the place of its
// a.
//
// Backward, forward over reverse. A cotangent c of g = dH(s; w) asks for the gradients of <g, c> by
// s and w. With c as the tangent of a_0, both passes run on dual numbers (a, a'), (delta, delta'):
//
//   a'_l = D(a_l) conv(a'_{l-1}, W_l)                      no bias
//   delta'_L = D'(a_L) a'_L
//   delta'_{l-1} = D'(a_{l-1}) a'_{l-1} u_{l-1} + D(a_{l-1}) u'_{l-1}
//   d<g,c>/ds = u'_0,  d<g,c>/dW_l = delta'_l (x) a_{l-1} + delta_l (x) a'_{l-1},  d<g,c>/db_l =
//   delta'_l.
//
// The outer products are not taken here: a, a', delta and delta' of each evaluation and sample are
// written out, and one matrix product for each layer takes them all at once on the whole card.
//
// Work. One block for a few samples and the whole rollout. States, activations and the partial sums
// of products lie in shared memory; so do the weights of as many layers as fit, while the others
// are read through L2 each time. A dual number is two planes of rows, which share every weight that
// is read. The rows and taps of a product go through a table of addresses: padding, stride and the
// taps that no pixel sees cost no branch. A thread computes `Outputs` columns of `Rows` rows over a
// slice of the sum; the slices are added in a fixed order, so that two runs agree to the bit.
//
// Floor, for one state of the published network (4x4x32 in; 3x3 to 32, 2x2 stride 2 to 64, twice
// 2x2 to 64, 2x2 to 1): 0.31 million multiply-adds up and as many down, taps on padding counted,
// thus 1.25 MFLOP an evaluation and 108 MFLOP for 29 leapfrog steps (87 evaluations; the passes
// down to one half of the state save 8 of them). A Hopper multiprocessor does 256 FLOP a cycle:
// 0.42 million cycles, 0.24 ms at 1.75 GHz, whatever the batch up to one sample a multiprocessor.
// The backward is twice the work, and its outer products at batch 16 (1392 evaluations) 1.7 GFLOP,
// 0.03 ms at 60 TFLOP/s. Bytes do not bind: 0.2 MB of weights a block, 1.9 MB of states, 34 MB of a
// and delta (7 us at 4.8 TB/s, twice). Shared memory does: with 8x4 and 8x8 tiles a warp loads 0.25
// to 0.38 words for a multiply-add, as many cycles as the arithmetic or half as many again.
// Predicted, not measured: 0.5 ms forward and 1.2 ms backward at batch 16 on an H200.

#include "common.cuh"

namespace {

constexpr int THREADS = 256;
constexpr int WARPS = THREADS / 32;
constexpr int MAX_LAYERS = 8;
constexpr int MAX_MOVES = 16;

// A sum of products of rows and weights: one layer, up or down. Counts and offsets in elements.
struct Product {
  int rows;              // of the result, all planes
  int paddedRows;        // rounded up to whole warp tiles
  int quads;             // channels summed over at each tap, in fours
  int columns;           // of the result
  int paddedColumns;     // a multiple of four
  int outputsPerThread;  // 4 or 8
  int rowsPerThread;     // 4 or 8
  int rowLanes;          // 1, 2 or 4 of a warp's four groups of lanes have rows of their own
  int split;             // warps that share a tile, each with a slice of the sum
  int columnGroups;      // tiles side by side
  int tiles;
  int sources;  // table, 16-bit: address of the row that a tap reads, [tap][paddedRows]
  int places;   // table, 16-bit: row of the result, in the order of the planes -> its row here
  int lists;    // table, 32-bit: for each group of rows the number of taps, then the taps
};

struct Layer {
  int kernelHeight, kernelWidth, stride, top, left;
  int inHeight, inWidth, inputs, inRow;  // inRow: channels of a row, a multiple of four
  int outHeight, outWidth, outputs, outRow;
  int activation;
  int input, output;  // buffers of rows in shared memory
  int packed;         // place among the packed weights; the bias follows the weight
  int resident;       // place in shared memory, or -1
  int bias;           // place in shared memory
  int swizzleShift, swizzleMask;
  Product up, down;
};

// What a launch is told; hgn.backend.cuda.RolloutLaunch writes it.
struct Rollout {
  const float *q, *p;  // (N,h,w,C)
  float* states;       // (2,steps+1,N,h,w,C): q of all states, then p; backward: their cotangents
  float* visited;  // (evaluations,N,h,w,2C), or null
  float* cotangent;    // (2,N,h,w,C), backward: by the last state; becomes that by the first
  float* packed;
  const float* weight[MAX_LAYERS];
  const float* bias[MAX_LAYERS];
  float* inputs[MAX_LAYERS];  // (2,evaluations,N,H,W,C): a, then a' of the layer below
  float* deltas[MAX_LAYERS];  // (2,evaluations,N,H',W',O): delta', then delta
  Layer layers[MAX_LAYERS];
  int layerCount;
  int samples;  // N
  int samplesPerBlock;
  int positions;            // h w
  int channels;             // C
  int steps;                // of the whole rollout
  int firstStep, lastStep;  // backward: the part of it
  int splitting;            // whether moves are kicks and drifts, else stages
  int moves;
  int kick[MAX_MOVES];
  float factor[MAX_MOVES];  // splitting: of the move; stages: weight of the slope, times dt
  float reach[MAX_MOVES];   // stages: how far from the start along the slope before, times dt
  float kinetic, spring;
  int zeros;  // a row of zeros in shared memory
  int state;  // buffer of (q, p), and backward of the tangents after it
  int work;   // buffers of states for the integrator
  int tables;
  int partial;
  int sharedFloats;
};

// f, f' = D(f) and D', by the ordinal of hgn.tensor.Activation

enum { IDENTITY, RELU, LEAKY_RELU, SOFTPLUS, SIGMOID, TANH };

constexpr float LEAK = 0.01f;

__device__ float value(int f, float z) {
  switch (f) {
    case RELU:
      return z < 0 ? 0.0f : z;
    case LEAKY_RELU:
      return z > 0 ? z : LEAK * z;
    case SOFTPLUS:
      return fmaxf(z, 0.0f) + log1pf(expf(-fabsf(z)));
    case SIGMOID:
      return 1 / (1 + expf(-z));
    case TANH:
      return tanhf(z);
    default:
      return z;
  }
}

__device__ float slope(int f, float y) {
  switch (f) {
    case RELU:
      return y > 0 ? 1.0f : 0.0f;
    case LEAKY_RELU:
      return y > 0 ? 1.0f : LEAK;
    case SOFTPLUS:
      return -expm1f(-y);
    case SIGMOID:
      return y * (1 - y);
    case TANH:
      return 1 - y * y;
    default:
      return 1.0f;
  }
}

// D'(y), so that f'(z)' = D'(y) y'.
__device__ float bend(int f, float y) {
  switch (f) {
    case SOFTPLUS:
      return expf(-y);
    case SIGMOID:
      return 1 - 2 * y;
    case TANH:
      return -2 * y;
    default:
      return 0.0f;
  }
}

// Weights, packed: (kh,kw,inRow,outRow) with zeros in the padding, the quads of a row exchanged so
// that eight lanes find eight groups of banks both along a row and down a column of quads.

__device__ int swizzled(const Layer& l, int row, int quad) {
  return row * (l.outRow / 4) + (quad ^ (row >> l.swizzleShift & l.swizzleMask));
}

// The slice [row][quad] of tap's weights, from shared memory or through L2.
template <bool Resident>
__device__ float4 weightQuad(const Layer& l, const float4* weights, int row, int quad) {
  const float4* at = weights + swizzled(l, row, quad);
  if constexpr (Resident) {
    return *at;
  } else {
    return __ldg(at);
  }
}

// One tile of a product. Lanes of a warp: eight along the columns, four groups of them over rows
// and slices of the sum.

template <int Outputs, int Rows>
struct Sums {
  float at[Rows][Outputs];
};

// The weights of one quad of channels of one tap.
template <int Outputs>
struct Weights {
  float4 at[Outputs];

  // down, column is an input, which has four outputs; up, it is a quad of outputs, which four
  // inputs have each
  template <bool Down, bool Resident>
  __device__ void load(const Layer& l, const float4* from, int tap, int quad, int column) {
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      if constexpr (Down) {
        int input = min(column + 8 * o, l.inRow - 1);
        at[o] = weightQuad<Resident>(l, from, tap * l.inRow + input, quad);
      } else {
        int wide = min(column + 8 * (o / 4), l.outRow / 4 - 1);
        at[o] = weightQuad<Resident>(l, from, tap * l.inRow + 4 * quad + o % 4, wide);
      }
    }
  }
};

// Adds one quad of channels of one tap; `sources` are addresses of rows, two in a word.
template <bool Down, int Outputs, int Rows>
__device__ void accumulate(const Weights<Outputs>& weights, const float4* shared,
                           const unsigned* sources, int quad, Sums<Outputs, Rows>& sums) {
#pragma unroll
  for (int r = 0; r < Rows; r++) {
    unsigned source = r % 2 == 0 ? sources[r / 2] & 0xffffu : sources[r / 2] >> 16;
    float4 a = shared[source + quad];
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      float4 w = weights.at[o];
      if constexpr (Down) {
        float s = sums.at[r][o];
        s = fmaf(a.x, w.x, s);
        s = fmaf(a.y, w.y, s);
        s = fmaf(a.z, w.z, s);
        sums.at[r][o] = fmaf(a.w, w.w, s);
      } else {
        float x = o % 4 == 0 ? a.x : o % 4 == 1 ? a.y : o % 4 == 2 ? a.z : a.w;
        float* s = &sums.at[r][o / 4 * 4];
        s[0] = fmaf(x, w.x, s[0]);
        s[1] = fmaf(x, w.y, s[1]);
        s[2] = fmaf(x, w.z, s[2]);
        s[3] = fmaf(x, w.w, s[3]);
      }
    }
  }
}

// Adds the sums of lanes `apart` from one another; each of the two is left with half of 2 Keep
// rows.
template <int Keep, int Outputs, int Rows>
__device__ void halve(Sums<Outputs, Rows>& sums, int apart, bool upper) {
#pragma unroll
  for (int r = 0; r < Keep; r++) {
#pragma unroll
    for (int o = 0; o < Outputs; o++) {
      float low = sums.at[r][o];
      float high = sums.at[r + Keep][o];
      float other = __shfl_xor_sync(0xffffffffu, upper ? low : high, apart);
      sums.at[r][o] = (upper ? high : low) + other;
    }
  }
}

// Writes the first `count` rows of sums.
template <int Outputs, int Rows, bool Down>
__device__ void store(const Product& d, const Sums<Outputs, Rows>& sums, int count, float* to,
                      int column) {
#pragma unroll
  for (int r = 0; r < Rows; r++) {
    if (r < count) {
      const float* s = sums.at[r];
      if constexpr (Down) {
#pragma unroll
        for (int o = 0; o < Outputs; o++) {
          if (column + 8 * o < d.paddedColumns) {
            to[r * d.paddedColumns + column + 8 * o] = s[o];
          }
        }
      } else {
#pragma unroll
        for (int o = 0; o < Outputs; o += 4) {
          int quad = column + 2 * o;
          if (quad < d.paddedColumns / 4) {
            reinterpret_cast<float4*>(to + r * d.paddedColumns)[quad] =
                make_float4(s[o], s[o + 1], s[o + 2], s[o + 3]);
          }
        }
      }
    }
  }
}

// All of a product: partial[slice][row][column], for columns from `first` on.
template <int Outputs, int Rows, bool Down, bool Resident>
__device__ void product(const Rollout& a, const Layer& l, const Product& d, float* shared,
                        int first) {
  const float4* from =
      reinterpret_cast<const float4*>(Resident ? shared + l.resident : a.packed + l.packed);
  const float4* quads = reinterpret_cast<const float4*>(shared);
  const unsigned short* sources =
      reinterpret_cast<const unsigned short*>(shared + a.tables) + d.sources;
  const int* lists = reinterpret_cast<const int*>(shared + a.tables) + d.lists;
  int taps = l.kernelHeight * l.kernelWidth;
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int rowLane = lane / 8 % d.rowLanes;
  int sliceLanes = 4 / d.rowLanes;
  int slices = d.split * sliceLanes;
  int slice = warp % d.split * sliceLanes + lane / 8 / d.rowLanes;
  int tapStep = slices / d.quads;
  int quadStep = slices % d.quads;
  for (int tile = warp / d.split; tile < d.tiles; tile += WARPS / d.split) {
    int group = tile / d.columnGroups;
    int column = tile % d.columnGroups * (Down ? 8 * Outputs : 2 * Outputs) + lane % 8;
    int row = (group * d.rowLanes + rowLane) * Rows;
    const int* list = lists + group * (taps + 1);
    Sums<Outputs, Rows> sums = {};
    Weights<Outputs> weights, next;
    int index = slice / d.quads;
    int quad = slice % d.quads;
    bool more = index < list[0];
    if (more) {
      next.template load<Down, Resident>(l, from, list[1 + index], quad, first + column);
    }
    while (more) {
      weights = next;
      const unsigned* rows =
          reinterpret_cast<const unsigned*>(sources + list[1 + index] * d.paddedRows + row);
      int at = quad;
      quad += quadStep;
      index += tapStep;
      if (quad >= d.quads) {
        quad -= d.quads;
        index++;
      }
      more = index < list[0];
      if (more) {  // on its way while the last is multiplied
        next.template load<Down, Resident>(l, from, list[1 + index], quad, first + column);
      }
      accumulate<Down>(weights, quads, rows, at, sums);
    }
    int count = Rows;
    if (sliceLanes >= 2) {
      bool upper = lane & 16;
      halve<Rows / 2>(sums, 16, upper);
      count = Rows / 2;
      row += upper ? count : 0;
    }
    if (sliceLanes == 4) {
      bool upper = lane & 8;
      halve<Rows / 4>(sums, 8, upper);
      count = Rows / 4;
      row += upper ? count : 0;
    }
    float* to = shared + a.partial + (warp % d.split * d.paddedRows + row) * d.paddedColumns;
    store<Outputs, Rows, Down>(d, sums, count, to, column);
  }
}

template <bool Down, bool Resident>
__device__ void sized(const Rollout& a, const Layer& l, const Product& d, float* shared,
                      int first) {
  if (d.outputsPerThread == 8) {
    if (d.rowsPerThread == 8) {
      product<8, 8, Down, Resident>(a, l, d, shared, first);
    } else {
      product<8, 4, Down, Resident>(a, l, d, shared, first);
    }
  } else if (d.rowsPerThread == 8) {
    product<4, 8, Down, Resident>(a, l, d, shared, first);
  } else {
    product<4, 4, Down, Resident>(a, l, d, shared, first);
  }
}

// Computes a product and waits for it.
template <bool Down>
__device__ void multiply(const Rollout& a, const Layer& l, const Product& d, float* shared,
                         int first = 0) {
  if (l.resident >= 0) {
    sized<Down, true>(a, l, d, shared, first);
  } else {
    sized<Down, false>(a, l, d, shared, first);
  }
  __syncthreads();
}

// An element of a product, the slices added in their order.
struct Result {
  const Product& d;
  const unsigned short* places;
  const float* partial;

  __device__ Result(const Rollout& a, const Product& product, const float* shared)
      : d(product),
        places(reinterpret_cast<const unsigned short*>(shared + a.tables) + product.places),
        partial(shared + a.partial) {}

  __device__ float at(int row, int column) const {
    int index = places[row] * d.paddedColumns + column;
    float sum = partial[index];
    for (int i = 1; i < d.split; i++) {
      sum += partial[index + i * d.paddedRows * d.paddedColumns];
    }
    return sum;
  }
};

// Setting up

// Where rows of one parity of height and width begin, if they are put together.
__device__ int phase(int size, int stride, int index, int* count) {
  int before = 0;
  for (int c = 0; c < index % stride; c++) {
    before += (size - c + stride - 1) / stride;
  }
  *count = (size - index % stride + stride - 1) / stride;
  return before;
}

// The tables of one product. Down a stride the rows that see the same taps are put together, so
// that a group of rows has few taps. `planes` planes of rows, the first of which is number `first`.
template <bool Down>
__device__ void tabulate(const Rollout& a, const Layer& l, const Product& d, float* shared,
                         int first) {
  unsigned short* halves = reinterpret_cast<unsigned short*>(shared + a.tables);
  unsigned short* sources = halves + d.sources;
  int taps = l.kernelHeight * l.kernelWidth;
  unsigned short none = a.zeros / 4;
  for (int i = threadIdx.x; i < taps * d.paddedRows; i += THREADS) {
    sources[i] = none;
  }
  __syncthreads();
  int height = Down ? l.inHeight : l.outHeight;
  int width = Down ? l.inWidth : l.outWidth;
  int fromHeight = Down ? l.outHeight : l.inHeight;
  int fromWidth = Down ? l.outWidth : l.inWidth;
  int planes = d.rows / (height * width);
  for (int row = threadIdx.x; row < d.rows; row += THREADS) {
    int plane = row / (height * width);
    int y = row / width % height;
    int x = row % width;
    int place = row;
    if (Down) {
      int high, wide;
      int above = phase(height, l.stride, y, &high);
      int before = phase(width, l.stride, x, &wide);
      place = planes * (above * width + high * before) + plane * high * wide + y / l.stride * wide +
              x / l.stride;
    }
    halves[d.places + row] = place;
    for (int tap = 0; tap < taps; tap++) {
      int fromY =
          Down ? y + l.top - tap / l.kernelWidth : y * l.stride + tap / l.kernelWidth - l.top;
      int fromX =
          Down ? x + l.left - tap % l.kernelWidth : x * l.stride + tap % l.kernelWidth - l.left;
      bool seen = fromY >= 0 && fromX >= 0;
      if (Down) {
        seen = seen && fromY % l.stride == 0 && fromX % l.stride == 0;
        fromY /= l.stride;
        fromX /= l.stride;
      }
      if (seen && fromY < fromHeight && fromX < fromWidth) {
        int from = ((first + plane) * fromHeight + fromY) * fromWidth + fromX;
        sources[tap * d.paddedRows + place] =
            (Down ? l.output + from * l.outRow : l.input + from * l.inRow) / 4;
      }
    }
  }
  __syncthreads();
  int height4 = d.rowLanes * d.rowsPerThread;
  for (int group = threadIdx.x; group < d.paddedRows / height4; group += THREADS) {
    int* list = reinterpret_cast<int*>(shared + a.tables) + d.lists + group * (taps + 1);
    int count = 0;
    for (int tap = 0; tap < taps; tap++) {
      bool any = false;
      for (int r = 0; r < height4; r++) {
        any = any || sources[tap * d.paddedRows + group * height4 + r] != none;
      }
      if (any) {
        list[++count] = tap;
      }
    }
    list[0] = count;
  }
}

// Zeros, tables, resident weights and biases. `planes`: 1, or 2 for dual numbers.
__device__ void setUp(const Rollout& a, float* shared, int planes) {
  for (int i = threadIdx.x; i < a.sharedFloats; i += THREADS) {
    shared[i] = 0;
  }
  __syncthreads();
  for (int k = 0; k < a.layerCount; k++) {
    const Layer& l = a.layers[k];
    tabulate<false>(a, l, l.up, shared, 0);
    // of the lowest layer, only the tangents are asked for
    tabulate<true>(a, l, l.down, shared, k == 0 ? (planes - 1) * a.samplesPerBlock : 0);
    int size = l.kernelHeight * l.kernelWidth * l.inRow * l.outRow;
    const float4* from = reinterpret_cast<const float4*>(a.packed + l.packed);
    if (l.resident >= 0) {
      float4* to = reinterpret_cast<float4*>(shared + l.resident);
      for (int i = threadIdx.x; i < size / 4; i += THREADS) {
        to[i] = from[i];
      }
    }
    for (int i = threadIdx.x; i < l.outputs; i += THREADS) {
      shared[l.bias + i] = a.packed[l.packed + size + i];
    }
  }
  __syncthreads();
}

// The samples of this block: from `first` on, `count` of them.
struct Share {
  int first, count;

  __device__ explicit Share(const Rollout& a)
      : first(blockIdx.x * a.samplesPerBlock), count(min(a.samplesPerBlock, a.samples - first)) {}
};

// Calls body(i, j): the i-th element of this block's q or p, which lies at j of a state's rows.
template <typename Body>
__device__ void eachElement(const Rollout& a, int count, Body body) {
  int total = count * a.positions * a.channels;
  int width = a.layers[0].inRow;
  for (int i = threadIdx.x; i < total; i += THREADS) {
    body(i, i / a.channels * width + i % a.channels);
  }
}

// Forward

// Up from the state to delta of the last layer, which takes the place of its a.
__device__ void ascend(const Rollout& a, float* shared) {
  for (int k = 0; k < a.layerCount; k++) {
    const Layer& l = a.layers[k];
    multiply<false>(a, l, l.up, shared);
    Result z(a, l.up, shared);
    bool last = k == a.layerCount - 1;
    int rows = a.samplesPerBlock * l.outHeight * l.outWidth;
    for (int i = threadIdx.x; i < rows * l.outputs; i += THREADS) {
      int row = i / l.outputs;
      int o = i % l.outputs;
      float y = value(l.activation, z.at(row, o) + shared[l.bias + o]);
      shared[l.output + row * l.outRow + o] = last ? slope(l.activation, y) : y;
    }
    __syncthreads();
  }
}

// Down to the product that has the slope, from column `first` of the state on.
__device__ void descend(const Rollout& a, float* shared, int first) {
  for (int k = a.layerCount - 1; k >= 0; k--) {
    const Layer& l = a.layers[k];
    multiply<true>(a, l, l.down, shared, k == 0 ? first : 0);
    if (k > 0) {
      Result u(a, l.down, shared);
      int f = a.layers[k - 1].activation;
      int rows = a.samplesPerBlock * l.inHeight * l.inWidth;
      for (int i = threadIdx.x; i < rows * l.inputs; i += THREADS) {
        int row = i / l.inputs;
        int c = i % l.inputs;
        float* y = shared + l.input + row * l.inRow + c;
        *y = slope(f, *y) * u.at(row, c);
      }
      __syncthreads();
    }
  }
}

// Writes the state at which evaluation number `index` happens.
__device__ void keepState(const Rollout& a, const float* shared, const Share& share, int index) {
  if (a.visited == nullptr) {
    return;
  }
  int width = 2 * a.channels;
  float* to = a.visited + (size_t)(index * a.samples + share.first) * a.positions * width;
  int total = share.count * a.positions * width;
  for (int i = threadIdx.x; i < total; i += THREADS) {
    to[i] = shared[a.state + i / width * a.layers[0].inRow + i % width];
  }
}

__device__ void writeStates(const Rollout& a, const float* shared, const Share& share, int index) {
  size_t sample = (size_t)a.positions * a.channels;
  float* q = a.states + (index * (size_t)a.samples + share.first) * sample;
  float* p = q + (a.steps + 1) * (size_t)a.samples * sample;
  eachElement(a, share.count, [&](int i, int j) {
    q[i] = shared[a.state + j];
    p[i] = shared[a.state + j + a.channels];
  });
}

// One kick or drift: p -= factor dH/dq or q += factor dH/dp.
__device__ void move(const Rollout& a, float* shared, int number) {
  bool kick = a.kick[number];
  Result u(a, a.layers[0].down, shared);
  float* state = shared + a.state;
  float factor = a.factor[number];
  eachElement(a, a.samplesPerBlock, [&](int i, int j) {
    float slope = u.at(i / a.channels, i % a.channels);
    if (kick) {
      state[j + a.channels] -= factor * (slope + a.spring * state[j]);
    } else {
      state[j] += factor * (slope + a.kinetic * state[j + a.channels]);
    }
  });
}

// One stage of a Runge-Kutta method, with the start of the step and the sum so far in `work`.
__device__ void stage(const Rollout& a, float* shared, int number) {
  const Layer& l = a.layers[0];
  Result u(a, l.down, shared);
  float* state = shared + a.state;
  float* start = shared + a.work;
  float* sum = start + a.samplesPerBlock * a.positions * l.inRow;
  bool first = number == 0;
  bool last = number == a.moves - 1;
  float factor = a.factor[number];
  float reach = last ? 0 : a.reach[number + 1];
  eachElement(a, a.samplesPerBlock, [&](int i, int j) {
    int row = i / a.channels;
    int c = i % a.channels;
    int k = j + a.channels;
    float byQ = u.at(row, c) + a.spring * state[j];
    float byP = u.at(row, c + a.channels) + a.kinetic * state[k];
    if (first) {
      start[j] = sum[j] = state[j];
      start[k] = sum[k] = state[k];
    }
    sum[j] += factor * byP;
    sum[k] -= factor * byQ;
    state[j] = last ? sum[j] : start[j] + reach * byP;
    state[k] = last ? sum[k] : start[k] - reach * byQ;
  });
}

// Backward

// Dual numbers up: planes of a, then of a', as many samples each. Writes what the layers saw.
__device__ void ascendDual(const Rollout& a, float* shared, const Share& share, int evaluation,
                           int evaluations) {
  int samples = a.samplesPerBlock;
  for (int k = 0; k < a.layerCount; k++) {
    const Layer& l = a.layers[k];
    int inSize = l.inHeight * l.inWidth * l.inputs;
    float* kept = a.inputs[k] + (size_t)(evaluation * a.samples + share.first) * inSize;
    size_t apart = (size_t)evaluations * a.samples * inSize;
    int tangents = samples * l.inHeight * l.inWidth * l.inRow;
    for (int i = threadIdx.x; i < share.count * inSize; i += THREADS) {
      const float* from = shared + l.input + i / l.inputs * l.inRow + i % l.inputs;
      kept[i] = from[0];
      kept[i + apart] = from[tangents];
    }
    multiply<false>(a, l, l.up, shared);
    Result z(a, l.up, shared);
    int rows = samples * l.outHeight * l.outWidth;
    for (int i = threadIdx.x; i < rows * l.outputs; i += THREADS) {
      int row = i / l.outputs;
      int o = i % l.outputs;
      float y = value(l.activation, z.at(row, o) + shared[l.bias + o]);
      float* to = shared + l.output + row * l.outRow + o;
      to[0] = y;
      to[rows * l.outRow] = slope(l.activation, y) * z.at(row + rows, o);
    }
    __syncthreads();
  }
}

// Writes delta' and delta of layer k, which are in its output's place.
__device__ void keepDeltas(const Rollout& a, const float* shared, const Share& share,
                           int evaluation, int evaluations, int k) {
  const Layer& l = a.layers[k];
  int size = l.outHeight * l.outWidth * l.outputs;
  float* kept = a.deltas[k] + (size_t)(evaluation * a.samples + share.first) * size;
  size_t apart = (size_t)evaluations * a.samples * size;
  int tangents = a.samplesPerBlock * l.outHeight * l.outWidth * l.outRow;
  for (int i = threadIdx.x; i < share.count * size; i += THREADS) {
    const float* from = shared + l.output + i / l.outputs * l.outRow + i % l.outputs;
    kept[i] = from[tangents];
    kept[i + apart] = from[0];
  }
}

// Dual numbers down, to the product that has u' of the state.
__device__ void descendDual(const Rollout& a, float* shared, const Share& share, int evaluation,
                            int evaluations) {
  int samples = a.samplesPerBlock;
  const Layer& top = a.layers[a.layerCount - 1];
  int topSize = samples * top.outHeight * top.outWidth * top.outRow;
  for (int i = threadIdx.x; i < topSize; i += THREADS) {
    float* y = shared + top.output + i;
    if (i % top.outRow < top.outputs) {
      y[topSize] *= bend(top.activation, y[0]);
      y[0] = slope(top.activation, y[0]);
    }
  }
  __syncthreads();
  for (int k = a.layerCount - 1; k >= 0; k--) {
    const Layer& l = a.layers[k];
    keepDeltas(a, shared, share, evaluation, evaluations, k);
    multiply<true>(a, l, l.down, shared);
    if (k == 0) {
      break;
    }
    Result u(a, l.down, shared);
    int f = a.layers[k - 1].activation;
    int rows = samples * l.inHeight * l.inWidth;
    for (int i = threadIdx.x; i < rows * l.inputs; i += THREADS) {
      int row = i / l.inputs;
      int c = i % l.inputs;
      float* y = shared + l.input + row * l.inRow + c;
      float* tangent = y + rows * l.inRow;
      float by = u.at(row, c);
      float d = slope(f, *y);
      *tangent = bend(f, *y) * *tangent * by + d * u.at(row + rows, c);
      *y = d * by;
    }
    __syncthreads();
  }
}

// What the integrator's adjoint keeps, each a state: cotangents of the step's result, and so on.
struct Adjoint {
  float* sum;    // by the state before what has been gone back through
  float* after;  // stages: by the state after the step
  float* next;   // stages: by the state of the stage behind

  __device__ Adjoint(const Rollout& a, float* shared) {
    int size = a.samplesPerBlock * a.positions * a.layers[0].inRow;
    sum = shared + a.work;
    after = sum + size;
    next = after + size;
  }
};

// Reads the state of an evaluation, and sets c for move `number` beside it.
__device__ void prepareDual(const Rollout& a, float* shared, const Share& share, int evaluation,
                            int number) {
  Adjoint to(a, shared);
  const Layer& l = a.layers[0];
  float* state = shared + a.state;
  float* c = state + a.samplesPerBlock * a.positions * l.inRow;
  const float* from =
      a.visited + (size_t)(evaluation * a.samples + share.first) * a.positions * 2 * a.channels;
  float factor = a.factor[number];
  bool last = number == a.moves - 1;
  float reach = last || a.splitting ? 0 : a.reach[number + 1];
  bool kick = a.kick[number];
  eachElement(a, share.count, [&](int i, int j) {
    int k = j + a.channels;
    int at = i / a.channels * 2 * a.channels + i % a.channels;
    state[j] = from[at];
    state[k] = from[at + a.channels];
    if (a.splitting) {
      c[j] = kick ? -factor * to.sum[k] : 0;
      c[k] = kick ? 0 : factor * to.sum[j];
    } else {
      if (last) {
        to.after[j] = to.sum[j];
        to.after[k] = to.sum[k];
        to.next[j] = to.next[k] = 0;
      }
      c[j] = -factor * to.after[k] - reach * to.next[k];
      c[k] = factor * to.after[j] + reach * to.next[j];
    }
  });
  __syncthreads();
}

// Adds the gradient of <dH, c> to the cotangent of the state before.
__device__ void pullBack(const Rollout& a, float* shared) {
  Adjoint to(a, shared);
  const Layer& l = a.layers[0];
  Result u(a, l.down, shared);
  const float* c = shared + a.state + a.samplesPerBlock * a.positions * l.inRow;
  eachElement(a, a.samplesPerBlock, [&](int i, int j) {
    int row = i / a.channels;
    int channel = i % a.channels;
    int k = j + a.channels;
    float byQ = u.at(row, channel) + a.spring * c[j];
    float byP = u.at(row, channel + a.channels) + a.kinetic * c[k];
    to.sum[j] += byQ;
    to.sum[k] += byP;
    if (!a.splitting) {
      to.next[j] = byQ;
      to.next[k] = byP;
    }
  });
  __syncthreads();
}

}  // namespace

// Pads and swizzles the weights, and puts each bias behind.
extern "C" __global__ void __launch_bounds__(THREADS)
    rolloutPack(const __grid_constant__ Rollout a) {
  for (int k = 0; k < a.layerCount; k++) {
    const Layer& l = a.layers[k];
    float* to = a.packed + l.packed;
    int size = l.kernelHeight * l.kernelWidth * l.inRow * l.outRow;
    for (int i = blockIdx.x * THREADS + threadIdx.x; i < size; i += gridDim.x * THREADS) {
      int row = i / l.outRow;
      int o = i % l.outRow;
      int input = row % l.inRow;
      bool padding = o >= l.outputs || input >= l.inputs;
      float w = padding ? 0.0f : a.weight[k][(row / l.inRow * l.inputs + input) * l.outputs + o];
      to[4 * swizzled(l, row, o / 4) + o % 4] = w;
    }
    for (int i = blockIdx.x * THREADS + threadIdx.x; i < l.outRow; i += gridDim.x * THREADS) {
      to[size + i] = i < l.outputs ? a.bias[k][i] : 0.0f;
    }
  }
}

// All states from q and p on. One block for samplesPerBlock samples.
extern "C" __global__ void __launch_bounds__(THREADS)
    rolloutForward(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  float* shared = reinterpret_cast<float*>(memory);
  setUp(a, shared, 1);
  Share share(a);
  size_t before = (size_t)share.first * a.positions * a.channels;
  eachElement(a, share.count, [&](int i, int j) {
    shared[a.state + j] = a.q[before + i];
    shared[a.state + j + a.channels] = a.p[before + i];
  });
  __syncthreads();
  writeStates(a, shared, share, 0);
  for (int step = 0; step < a.steps; step++) {
    for (int number = 0; number < a.moves; number++) {
      keepState(a, shared, share, step * a.moves + number);
      ascend(a, shared);
      descend(a, shared, a.splitting && !a.kick[number] ? a.channels : 0);
      if (a.splitting) {
        move(a, shared, number);
      } else {
        stage(a, shared, number);
      }
      __syncthreads();
    }
    writeStates(a, shared, share, step + 1);
  }
}

// Back through the steps from lastStep - 1 to firstStep. The cotangent by the state after them, all
// of it, becomes that by the state before them.
extern "C" __global__ void __launch_bounds__(THREADS)
    rolloutBackward(const __grid_constant__ Rollout a) {
  HGN_SHARED(float4, memory);
  float* shared = reinterpret_cast<float*>(memory);
  setUp(a, shared, 2);
  Share share(a);
  Adjoint to(a, shared);
  size_t sample = (size_t)a.positions * a.channels;
  float* byQ = a.cotangent + share.first * sample;
  float* byP = byQ + a.samples * sample;
  eachElement(a, share.count, [&](int i, int j) {
    to.sum[j] = byQ[i];
    to.sum[j + a.channels] = byP[i];
  });
  int evaluations = (a.lastStep - a.firstStep) * a.moves;
  for (int step = a.lastStep - 1; step >= a.firstStep; step--) {
    for (int number = a.moves - 1; number >= 0; number--) {
      __syncthreads();
      int evaluation = step * a.moves + number;
      int kept = evaluation - a.firstStep * a.moves;
      prepareDual(a, shared, share, evaluation, number);
      ascendDual(a, shared, share, kept, evaluations);
      descendDual(a, shared, share, kept, evaluations);
      pullBack(a, shared);
    }
    const float* q = a.states + (step * (size_t)a.samples + share.first) * sample;
    const float* p = q + (a.steps + 1) * (size_t)a.samples * sample;
    eachElement(a, share.count, [&](int i, int j) {
      to.sum[j] += q[i];
      to.sum[j + a.channels] += p[i];
    });
  }
  eachElement(a, share.count, [&](int i, int j) {
    byQ[i] = to.sum[j];
    byP[i] = to.sum[j + a.channels];
  });
}
