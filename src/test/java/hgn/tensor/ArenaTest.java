package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.Throws;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ArenaTest {
  private static final Class<? extends Throwable> STATE = IllegalStateException.class;

  private final Backend backend = Backends.get("jvm");

  private Tensor tensor() {
    return Tensor.full(backend, DType.FLOAT32, Shape.of(3), 1);
  }

  @Test
  void tensorsBelongToTheInnermost() {
    try (Arena outer = Arena.open("outer")) {
      Tensor a = tensor();
      try (Arena inner = Arena.open("inner")) {
        assertSame(inner, Arena.current());
        Tensor b = tensor();
        assertTrue(inner.owns(b));
        assertTrue(inner.owns(b.reshape(Shape.of(3, 1))));
        assertFalse(outer.owns(b));
      }
      assertSame(outer, Arena.current());
      assertTrue(outer.owns(a));
      assertFalse(a.isFreed());
      assertEquals(1, outer.size());
    }
  }

  @Test
  void closingFreesAll() {
    long blocks = backend.pool().liveBlocks();
    List<Tensor> tensors = new ArrayList<>();
    try (Arena arena = Arena.open("arena")) {
      for (int i = 0; i < 20; i++) {
        tensors.add(tensor());
      }
      for (int i = 0; i < 20; i += 3) {
        tensors.get(i).close();
      }
      assertEquals(13, arena.size());
      assertEquals(blocks + 13, backend.pool().liveBlocks());
    }
    assertTrue(tensors.stream().allMatch(Tensor::isFreed));
    assertEquals(blocks, backend.pool().liveBlocks());
  }

  @Test
  void whatIsKeptLivesOn() {
    try (Arena outer = Arena.open("outer")) {
      Tensor kept;
      Tensor viewed;
      Tensor lost;
      Tensor theirs = tensor();
      try (Arena inner = Arena.open("inner")) {
        kept = tensor();
        viewed = tensor();
        lost = tensor();
        inner.keep(kept);
        inner.keep(viewed.reshape(Shape.of(1, 3)));
        inner.keep(theirs);
        assertEquals(1, inner.size());
      }
      assertTrue(lost.isFreed());
      assertEquals(1, kept.toDoubles()[0]);
      assertEquals(1, viewed.toDoubles()[0]);
      assertTrue(outer.owns(kept));
      assertEquals(3, outer.size());
    }
  }

  @Test
  void keepingNeedsAnArenaAround() {
    try (Arena alone = Arena.open("alone")) {
      Tensor x = tensor();
      Throws.naming(STATE, () -> alone.keep(x), "[arena]", "alone");
      try (Arena.Entered again = alone.enter()) {
        assertSame(alone, Arena.current());
        Throws.naming(STATE, () -> alone.keep(x), "[arena]", "alone");
      }
      assertEquals(1, alone.size());
    }
  }

  @Test
  void anEnteredArenaOwnsWhatIsAllocatedMeanwhile() {
    Arena model = new Arena("model");
    Tensor weight;
    try (Arena step = Arena.open("step")) {
      try (Arena.Entered entered = model.enter()) {
        weight = tensor();
        Throws.naming(STATE, model::close, "[arena]", "model", "leave it");
      }
      Tensor activation = tensor();
      assertTrue(model.owns(weight));
      assertTrue(step.owns(activation));
    }
    assertEquals(1, weight.toDoubles()[0]);
    model.close();
    assertTrue(weight.isFreed());
    Throws.naming(STATE, model::enter, "[arena]", "model", "closed");
    Throws.naming(STATE, model::close, "closed already");
  }

  @Test
  void closingInTheWrongOrderIsRefused() {
    Arena outer = Arena.open("outer");
    Arena inner = Arena.open("inner");
    Tensor x = tensor();
    Throws.naming(STATE, outer::close, "[arena]", "outer", "innermost", "reverse order");
    assertFalse(x.isFreed());
    inner.close();
    outer.close();
  }

  @Test
  void anEnteredArenaOfItsOwnScopeIsNotClosedWithinIt() {
    Arena arena = Arena.open("twice");
    Arena.Entered entered = arena.enter();
    Throws.naming(STATE, arena::close, "twice", "still entered");
    entered.close();
    arena.close();
  }

  @Test
  void everyThreadHasArenasOfItsOwn() {
    try (Arena here = Arena.open("here")) {
      assertSame(here, Arena.current());
      CompletableFuture.runAsync(
              () -> Throws.naming(STATE, Arena::current, "no arena is open", "Arena.open"))
          .join();
      CompletableFuture.runAsync(
              () -> Throws.naming(STATE, here::close, "here", "innermost arena of this thread"))
          .join();
    }
  }
}
