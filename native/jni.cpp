// The functions of hgn.backend.cpu.Native: they convert addresses to pointers and sizes to structs,
// then call the kernel in use. The only file that depends on Java.
//
// The whole body of each function is given to guarded(), since a C++ exception that left it would
// end the process.
#include <jni.h>

#include <cstdio>
#include <exception>
#include <new>
#include <vector>

#include "hgn_backend_cpu_Native.h"
#include "isa.h"
#include "memory.h"
#include "thread_pool.h"

#define HGN_NATIVE(type, name) JNIEXPORT type JNICALL Java_hgn_backend_cpu_Native_##name

namespace {

using hgn::Activation;
using hgn::ConvShape;
using hgn::DoubledShape;
using hgn::FilterUse;
using hgn::Kernels;
using hgn::kernels;

const float* in(jlong address) { return reinterpret_cast<const float*>(address); }

float* out(jlong address) { return reinterpret_cast<float*>(address); }

// Nothing is allocated here: memory may be what is missing.
void throw_java(JNIEnv* env, const char* type, const char* message, const char* detail = "") {
  char words[500];
  std::snprintf(words, sizeof(words), "%s%s", message, detail);
  jclass thrown = env->ExceptionCheck() ? nullptr : env->FindClass(type);
  if (thrown != nullptr) {
    env->ThrowNew(thrown, words);
  }
}

// Returns what work(kernels) returns. A C++ exception becomes one of Java, and the result 0.
template <class Work>
auto guarded(JNIEnv* env, const Work& work) noexcept -> decltype(work(kernels())) {
  using Result = decltype(work(kernels()));
  try {
    return work(kernels());
  } catch (const std::bad_alloc&) {
    throw_java(env, "java/lang/OutOfMemoryError",
               "[memory] the system has no room for an operation's scratch memory; "
               "use a smaller batch, or raise the limit on memory");
  } catch (const std::exception& failure) {
    throw_java(env, "java/lang/IllegalStateException",
               "[native] the library failed: ", failure.what());
  } catch (...) {
    throw_java(env, "java/lang/IllegalStateException", "[native] the library failed");
  }
  return Result();
}

}  // namespace

namespace hgn {

// A Java array of addresses.
template <class T>
class Pointers {
 public:
  Pointers(JNIEnv* env, jlongArray addresses) : pointers_(env->GetArrayLength(addresses)) {
    std::vector<jlong> values(pointers_.size());
    env->GetLongArrayRegion(addresses, 0, static_cast<jsize>(values.size()), values.data());
    for (size_t i = 0; i < values.size(); i++) {
      pointers_[i] = reinterpret_cast<T*>(values[i]);
    }
  }

  T* const* data() const { return pointers_.data(); }

 private:
  std::vector<T*> pointers_;
};

// A plan as hgn.backend.cpu.CpuRollout lays it out in arrays.
class RolloutCall {
 public:
  RolloutCall(JNIEnv* env, jintArray sizes, jfloatArray factors, jlongArray weights, jint batch) {
    std::vector<jint> size(env->GetArrayLength(sizes));
    env->GetIntArrayRegion(sizes, 0, static_cast<jsize>(size.size()), size.data());
    std::vector<jfloat> factor(env->GetArrayLength(factors));
    env->GetFloatArrayRegion(factors, 0, static_cast<jsize>(factor.size()), factor.data());
    Pointers<const float> weight(env, weights);
    const jint* next = size.data();
    const jfloat* number = factor.data();
    task_.batch = batch;
    task_.steps = *next++;
    task_.places = *next++;
    task_.channels = *next++;
    task_.splitting = *next++ != 0;
    layers_.resize(*next++);
    moves_.resize(*next++);
    int l = 0;
    for (RolloutLayer& layer : layers_) {
      layer.shape = {1,       next[0], next[1], next[2], next[3], next[4],
                     next[5], next[6], next[7], next[8], next[9], next[10]};
      layer.f = static_cast<Activation>(next[11]);
      layer.weight = weight.data()[l];
      layer.bias = weight.data()[layers_.size() + l];
      next += 12;
      l++;
    }
    task_.kinetic = *number++;
    task_.spring = *number++;
    for (RolloutMove& move : moves_) {
      move.kick = *next++ != 0;
      move.factor = *number++;
      move.reach = *number++;
    }
    task_.layers = layers_.data();
    task_.layer_count = static_cast<int>(layers_.size());
    task_.moves = moves_.data();
    task_.move_count = static_cast<int>(moves_.size());
  }

  const RolloutTask& task() const { return task_; }

 private:
  RolloutTask task_;
  std::vector<RolloutLayer> layers_;
  std::vector<RolloutMove> moves_;
};

}  // namespace hgn

extern "C" {

HGN_NATIVE(jint, bestIsa)(JNIEnv* env, jclass) {
  return guarded(env, [&](const Kernels&) { return static_cast<jint>(hgn::best_isa()); });
}

HGN_NATIVE(jint, configure)(JNIEnv* env, jclass, jint isa, jint threads) {
  return guarded(env, [&](const Kernels&) {
    hgn::use_isa(static_cast<hgn::Isa>(isa));
    return hgn::set_threads(threads);
  });
}

HGN_NATIVE(jlong, allocate)(JNIEnv* env, jclass, jlong bytes) {
  return guarded(env, [&](const Kernels&) {
    return reinterpret_cast<jlong>(hgn::allocate_block(static_cast<size_t>(bytes)));
  });
}

HGN_NATIVE(jobject, wrap)(JNIEnv* env, jclass, jlong address, jlong bytes) {
  return guarded(env, [&](const Kernels&) {
    return env->NewDirectByteBuffer(reinterpret_cast<void*>(address), bytes);
  });
}

HGN_NATIVE(void, free)(JNIEnv* env, jclass, jlong address, jlong bytes) {
  return guarded(env, [&](const Kernels&) {
    hgn::free_block(reinterpret_cast<void*>(address), static_cast<size_t>(bytes));
  });
}

HGN_NATIVE(void, fill)(JNIEnv* env, jclass, jlong y, jlong count, jfloat value) {
  return guarded(env, [&](const Kernels& use) { use.fill(out(y), count, value); });
}

HGN_NATIVE(void, copy)(JNIEnv* env, jclass, jlong x, jlong y, jlong count) {
  return guarded(env, [&](const Kernels& use) { use.copy(in(x), out(y), count); });
}

HGN_NATIVE(void, unary)(JNIEnv* env, jclass, jint op, jlong x, jlong y, jlong count) {
  return guarded(env, [&](const Kernels& use) {
    use.unary(static_cast<hgn::UnaryOp>(op), in(x), out(y), count);
  });
}

HGN_NATIVE(void, affine)
(JNIEnv* env, jclass, jlong x, jfloat scale, jfloat shift, jlong y, jlong count) {
  return guarded(env, [&](const Kernels& use) { use.affine(in(x), scale, shift, out(y), count); });
}

HGN_NATIVE(void, clamp)
(JNIEnv* env, jclass, jlong x, jfloat low, jfloat high, jlong y, jlong count) {
  return guarded(env, [&](const Kernels& use) { use.clamp(in(x), low, high, out(y), count); });
}

HGN_NATIVE(void, activate)(JNIEnv* env, jclass, jint f, jlong x, jlong y, jlong count) {
  return guarded(env, [&](const Kernels& use) {
    use.activate(static_cast<Activation>(f), in(x), out(y), count);
  });
}

HGN_NATIVE(void, activationGrad)
(JNIEnv* env, jclass, jint f, jlong g, jlong y, jlong r, jlong count) {
  return guarded(env, [&](const Kernels& use) {
    use.activation_grad(static_cast<Activation>(f), in(g), in(y), out(r), count);
  });
}

HGN_NATIVE(void, binary)
(JNIEnv* env, jclass, jint op, jlong a, jlong b, jlong y, jlong size0, jlong size1, jlong size2,
 jlong size3, jlong a0, jlong a1, jlong a2, jlong a3, jlong b0, jlong b1, jlong b2, jlong b3) {
  return guarded(env, [&](const Kernels& use) {
    use.binary(static_cast<hgn::BinaryOp>(op), in(a), in(b), out(y),
               {{size0, size1, size2, size3}, {a0, a1, a2, a3}, {b0, b1, b2, b3}});
  });
}

HGN_NATIVE(void, broadcast)
(JNIEnv* env, jclass, jlong a, jlong y, jlong size0, jlong size1, jlong size2, jlong size3,
 jlong a0, jlong a1, jlong a2, jlong a3) {
  return guarded(env, [&](const Kernels& use) {
    use.broadcast(in(a), out(y), {{size0, size1, size2, size3}, {a0, a1, a2, a3}, {}});
  });
}

HGN_NATIVE(void, sum)
(JNIEnv* env, jclass, jlong x, jlong outer, jlong reduced, jlong inner, jlong y) {
  return guarded(env, [&](const Kernels& use) { use.sum(in(x), {outer, reduced, inner}, out(y)); });
}

HGN_NATIVE(void, sumProducts)
(JNIEnv* env, jclass, jlong a, jlong b, jlong size0, jlong size1, jlong size2, jlong size3,
 jlong b0, jlong b1, jlong b2, jlong b3, jlong outer, jlong reduced, jlong inner, jlong y) {
  return guarded(env, [&](const Kernels& use) {
    use.sum_products(in(a), in(b), {{size0, size1, size2, size3}, {}, {b0, b1, b2, b3}},
                     {outer, reduced, inner}, out(y));
  });
}

HGN_NATIVE(jboolean, allFinite)(JNIEnv* env, jclass, jlong x, jlong count) {
  return guarded(env, [&](const Kernels& use) { return use.all_finite(in(x), count); });
}

HGN_NATIVE(void, matmul)
(JNIEnv* env, jclass, jlong a, jboolean transpose_a, jlong b, jboolean transpose_b, jlong y,
 jint rows, jint inner, jint columns) {
  return guarded(env, [&](const Kernels& use) {
    use.matmul({rows, inner, columns, transpose_a != 0, transpose_b != 0}, in(a), in(b), out(y));
  });
}

HGN_NATIVE(void, conv)
(JNIEnv* env, jclass, jboolean rounded, jlong x, jlong w, jlong prepared, jlong bias, jint f,
 jlong y, jint samples, jint height, jint width, jint channels, jint kernel_height,
 jint kernel_width, jint out_channels, jint out_height, jint out_width, jint stride, jint top,
 jint left) {
  ConvShape shape = {samples,      height,     width,     channels, kernel_height, kernel_width,
                     out_channels, out_height, out_width, stride,   top,           left};
  return guarded(env, [&](const Kernels& use) {
    auto activation = static_cast<Activation>(f);
    rounded ? use.bfloat->conv(shape, in(x), in(w), in(bias), activation, out(y))
            : use.conv(shape, in(x), in(w), in(prepared), in(bias), activation, out(y));
  });
}

HGN_NATIVE(void, convInputGrad)
(JNIEnv* env, jclass, jboolean rounded, jlong g, jlong w, jlong prepared, jlong x, jint samples,
 jint height, jint width, jint channels, jint kernel_height, jint kernel_width, jint out_channels,
 jint out_height, jint out_width, jint stride, jint top, jint left) {
  ConvShape shape = {samples,      height,     width,     channels, kernel_height, kernel_width,
                     out_channels, out_height, out_width, stride,   top,           left};
  return guarded(env, [&](const Kernels& use) {
    rounded ? use.bfloat->conv_input_grad(shape, in(g), in(w), out(x))
            : use.conv_input_grad(shape, in(g), in(w), in(prepared), out(x));
  });
}

HGN_NATIVE(void, convWeightGrad)
(JNIEnv* env, jclass, jboolean rounded, jlong x, jlong g, jlong w, jint samples, jint height,
 jint width, jint channels, jint kernel_height, jint kernel_width, jint out_channels,
 jint out_height, jint out_width, jint stride, jint top, jint left) {
  ConvShape shape = {samples,      height,     width,     channels, kernel_height, kernel_width,
                     out_channels, out_height, out_width, stride,   top,           left};
  return guarded(env, [&](const Kernels& use) {
    auto work = rounded ? use.bfloat->conv_weight_grad : use.conv_weight_grad;
    work(shape, in(x), in(g), out(w));
  });
}

HGN_NATIVE(void, doubledConv)
(JNIEnv* env, jclass, jboolean rounded, jlong x, jlong w, jlong prepared, jlong bias, jint f,
 jlong y, jint samples, jint height, jint width, jint channels, jint outputs) {
  return guarded(env, [&](const Kernels& use) {
    DoubledShape shape = {samples, height, width, channels, outputs};
    auto activation = static_cast<Activation>(f);
    rounded ? use.bfloat->doubled_conv(shape, in(x), in(w), in(bias), activation, out(y))
            : use.doubled_conv(shape, in(x), in(w), in(prepared), in(bias), activation, out(y));
  });
}

HGN_NATIVE(void, doubledConvInputGrad)
(JNIEnv* env, jclass, jboolean rounded, jlong g, jlong w, jlong prepared, jlong x, jint samples,
 jint height, jint width, jint channels, jint outputs) {
  return guarded(env, [&](const Kernels& use) {
    DoubledShape shape = {samples, height, width, channels, outputs};
    rounded ? use.bfloat->doubled_input_grad(shape, in(g), in(w), out(x))
            : use.doubled_input_grad(shape, in(g), in(w), in(prepared), out(x));
  });
}

HGN_NATIVE(void, doubledConvWeightGrad)
(JNIEnv* env, jclass, jboolean rounded, jlong x, jlong g, jlong w, jint samples, jint height,
 jint width, jint channels, jint outputs) {
  return guarded(env, [&](const Kernels& use) {
    DoubledShape shape = {samples, height, width, channels, outputs};
    auto work = rounded ? use.bfloat->doubled_weight_grad : use.doubled_weight_grad;
    work(shape, in(x), in(g), out(w));
  });
}

HGN_NATIVE(jlong, filterFloats)
(JNIEnv* env, jclass, jint use_of, jint channels, jint outputs) {
  return guarded(env, [&](const Kernels& use) {
    return use.filter_floats(static_cast<FilterUse>(use_of), channels, outputs);
  });
}

HGN_NATIVE(void, prepareFilter)
(JNIEnv* env, jclass, jint use_of, jint channels, jint outputs, jlong w, jlong to) {
  return guarded(env, [&](const Kernels& use) {
    use.prepare_filter(static_cast<FilterUse>(use_of), channels, outputs, in(w), out(to));
  });
}

HGN_NATIVE(void, rolloutForward)
(JNIEnv* env, jclass, jintArray sizes, jfloatArray factors, jlongArray weights, jint batch, jlong q,
 jlong p, jlong states, jlong visited) {
  return guarded(env, [&](const Kernels& use) {
    hgn::RolloutCall call(env, sizes, factors, weights, batch);
    use.rollout_forward(call.task(), {in(q), in(p), out(states), out(visited)});
  });
}

HGN_NATIVE(void, rolloutBackward)
(JNIEnv* env, jclass, jintArray sizes, jfloatArray factors, jlongArray weights, jint batch,
 jlong visited, jlong cotangents, jint first, jint end, jlong state, jlongArray results) {
  return guarded(env, [&](const Kernels& use) {
    hgn::RolloutCall call(env, sizes, factors, weights, batch);
    hgn::Pointers<float> to(env, results);
    int layers = call.task().layer_count;
    use.rollout_backward(call.task(), {in(visited), in(cotangents), first, end, out(state),
                                       to.data(), to.data() + layers});
  });
}

HGN_NATIVE(void, copyRuns)
(JNIEnv* env, jclass, jlong from, jlong from_pitch, jlong to, jlong to_pitch, jlong length,
 jlong runs) {
  return guarded(env, [&](const Kernels& use) {
    use.copy_runs(in(from), from_pitch, out(to), to_pitch, length, runs);
  });
}

HGN_NATIVE(void, transpose)
(JNIEnv* env, jclass, jlong x, jlong batch, jlong rows, jlong columns, jlong length, jlong y) {
  return guarded(
      env, [&](const Kernels& use) { use.transpose(in(x), batch, rows, columns, length, out(y)); });
}

HGN_NATIVE(void, upsample)
(JNIEnv* env, jclass, jlong x, jlong rows, jlong width, jlong channels, jlong y) {
  return guarded(env,
                 [&](const Kernels& use) { use.upsample(in(x), rows, width, channels, out(y)); });
}

HGN_NATIVE(void, addUpsampled)
(JNIEnv* env, jclass, jint f, jlong a, jlong x, jlong rows, jlong width, jlong channels, jlong y) {
  return guarded(env, [&](const Kernels& use) {
    use.add_upsampled(static_cast<Activation>(f), in(a), in(x), rows, width, channels, out(y));
  });
}

HGN_NATIVE(void, upsampleGrad)
(JNIEnv* env, jclass, jlong g, jlong rows, jlong width, jlong channels, jlong x) {
  return guarded(
      env, [&](const Kernels& use) { use.upsample_grad(in(g), rows, width, channels, out(x)); });
}

HGN_NATIVE(void, adam)
(JNIEnv* env, jclass, jlong w, jlong g, jlong m, jlong v, jlong count, jfloat rate, jfloat beta1,
 jfloat gain1, jfloat beta2, jfloat gain2, jfloat epsilon, jfloat decay, jfloat root) {
  return guarded(env, [&](const Kernels& use) {
    use.adam(out(w), in(g), out(m), out(v), count,
             {rate, beta1, gain1, beta2, gain2, epsilon, decay, root});
  });
}

HGN_NATIVE(void, normal)(JNIEnv* env, jclass, jlong seed, jlong stream, jlong y, jlong count) {
  return guarded(env, [&](const Kernels& use) { use.normal(seed, stream, out(y), count); });
}

HGN_NATIVE(jdouble, multiplyAdds)(JNIEnv* env, jclass, jlong rounds, jlong sum) {
  return guarded(env, [&](const Kernels& use) { return use.multiply_adds(rounds, out(sum)); });
}

}  // extern "C"
