"""The published network's training step, and its parts, in PyTorch, for benchmarks/peer/run --python.

Reads a command a line from standard input, a JSON list, and answers each with a line of JSON. Images
in files are (N, H, W, C) and filters (kernel, kernel, inputs, outputs), as hgn4j has them.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F

# kernel, stride, padding on both sides, padding at the end alone
SAME = (3, 1, 1, 0)
HALVE = (3, 2, 1, 0)
ENERGY = [SAME, (2, 2, 0, 0), (2, 1, 0, 1), (2, 1, 0, 1), (2, 1, 0, 0)]
DT = 0.125

# How a user may write it: layout of images, the energy's gradient, and what is compiled.
VARIANTS = {
    "as it comes": dict(layout=torch.contiguous_format, by_hand=False, compiled=False),
    "channels_last": dict(layout=torch.channels_last, by_hand=False, compiled=False),
    "channels_last, dH by hand": dict(layout=torch.channels_last, by_hand=True, compiled=False),
    "channels_last, dH by hand, torch.compile": dict(
        layout=torch.channels_last, by_hand=True, compiled=True
    ),
}


def read(path):
    """The tensors of a safetensors file of float32."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(
            data, dtype=torch.float32, count=math.prod(e["shape"]), offset=e["data_offsets"][0]
        ).reshape(e["shape"])
        for name, e in header.items()
    }


def write(path, tensors):
    header, blocks, at = {}, [], 0
    for name, tensor in tensors.items():
        block = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(tensor.shape),
            "data_offsets": [at, at + len(block)],
        }
        blocks.append(block)
        at += len(block)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(blocks))


def convolve(x, layer, shape):
    _, stride, padding, behind = shape
    if behind:
        x = F.pad(x, (0, behind, 0, behind))
    return F.conv2d(x, layer[0], layer[1], stride, padding)


class Model:
    def __init__(self, parameters, layout, by_hand, compiled):
        self.layout = layout
        self.leaves = {}
        for name, value in parameters.items():
            leaf = value.permute(3, 2, 0, 1).contiguous() if value.dim() == 4 else value.clone()
            if leaf.dim() == 4:
                leaf = leaf.contiguous(memory_format=layout)
            self.leaves[name] = leaf.requires_grad_()
        self.gradient = self.gradient_by_hand if by_hand else self.gradient_by_autograd
        if compiled:
            self.gradient = torch.compile(self.gradient_by_hand)
            self.encode = torch.compile(self.encode)
            self.decode = torch.compile(self.decode)

    def layer(self, name):
        return self.leaves[name + ".weight"], self.leaves[name + ".bias"]

    def of(self, network):
        return [leaf for name, leaf in self.leaves.items() if name.startswith(network + ".")]

    def encode(self, clips):
        y = clips
        for i in range(7):
            y = F.relu(convolve(y, self.layer(f"encoder.trunk.{i}"), SAME))
        heads = (self.layer("encoder.mean"), self.layer("encoder.logvar"))
        return tuple(convolve(y, head, SAME) for head in heads)

    def transform(self, z):
        for i in range(3):
            z = F.relu(convolve(z, self.layer(f"transformer.{i}"), HALVE))
        return z

    def decode(self, q):
        y = q
        for i in range(3):
            y = F.interpolate(y, scale_factor=2, mode="nearest")
            block = f"decoder.block{i}"
            hidden = F.leaky_relu(convolve(y, self.layer(block + ".first"), SAME), 0.01)
            detour = F.leaky_relu(convolve(hidden, self.layer(block + ".second"), SAME), 0.01)
            if block + ".skip.weight" in self.leaves:
                y = F.conv2d(y, *self.layer(block + ".skip"))
            y = torch.sigmoid(detour + y)
        return torch.sigmoid(convolve(y, self.layer("decoder.out"), SAME))

    def gradient_by_autograd(self, state):
        records = torch.is_grad_enabled()
        with torch.enable_grad():
            state = state if records and state.requires_grad else state.detach().requires_grad_()
            y = state
            for i, shape in enumerate(ENERGY):
                y = F.softplus(convolve(y, self.layer(f"hamiltonian.{i}"), shape))
            return torch.autograd.grad(y.sum(), state, create_graph=records)[0]

    def gradient_by_hand(self, state):
        """Back through the layers: softplus' is the sigmoid."""
        y, sums = state, []
        for i, shape in enumerate(ENERGY):
            sums.append(convolve(y, self.layer(f"hamiltonian.{i}"), shape))
            y = F.softplus(sums[-1])
        g = torch.sigmoid(sums[-1])
        for i in reversed(range(len(ENERGY))):
            _, stride, padding, behind = ENERGY[i]
            weight = self.layer(f"hamiltonian.{i}")[0]
            g = F.conv_transpose2d(g, weight, None, stride, padding)
            if behind:
                g = g[:, :, :-behind, :-behind]
            if i > 0:
                g = g * torch.sigmoid(sums[i - 1])
        return g

    def rollout(self, q, p, count):
        """Hamilton's leapfrog; all q, and the last p."""
        half = q.shape[1]
        positions = [q]
        for _ in range(count - 1):
            p = p - DT / 2 * self.gradient(torch.cat((q, p), 1))[:, :half]
            q = q + DT * self.gradient(torch.cat((q, p), 1))[:, half:]
            p = p - DT / 2 * self.gradient(torch.cat((q, p), 1))[:, :half]
            positions.append(q)
        return positions, p


class Step:
    """A whole training step with GECO and Adam."""

    def __init__(self, model, data):
        self.model = model
        layout = model.layout
        self.clips = data["clips"].permute(0, 3, 1, 2).contiguous(memory_format=layout)
        self.targets = data["targets"].permute(0, 3, 1, 2).contiguous(memory_format=layout)
        self.count = self.targets.shape[0] // self.clips.shape[0]
        leaves = model.leaves.values()
        self.adam = torch.optim.Adam(leaves, 1.5e-4, (0.9, 0.999), 1e-8, foreach=True)
        self.weight, self.average = 1.0, None

    def run(self, noise=None):
        self.adam.zero_grad()
        mean, log_variance = self.model.encode(self.clips)
        noise = torch.randn_like(mean) if noise is None else noise
        z = mean + torch.exp(log_variance / 2) * noise
        q, p = self.model.transform(z).chunk(2, 1)
        positions, _ = self.model.rollout(q, p, self.count)
        mse = F.mse_loss(self.model.decode(torch.cat(positions)), self.targets)
        divergence = (mean.square() + log_variance.exp() - log_variance - 1).sum() / 2
        loss = self.geco(mse, divergence / self.targets.numel())
        loss.backward()
        self.adam.step()
        return loss.item()

    def geco(self, mse, divergence):
        accepted = 0.033**2
        constraint = mse.item() - accepted
        first = self.average is None
        self.average = constraint if first else 0.99 * self.average + 0.01 * constraint
        loss = divergence + self.weight * (mse + (self.average - constraint - accepted))
        raised = self.weight * math.exp(0.1 * self.average)
        self.weight = min(max(raised, 1e-10), 1e10)
        return loss


class Parts:
    """What can be timed, on inputs that lie ready."""

    def __init__(self, model, data):
        step = Step(model, data)
        batch, layout = step.clips.shape[0], model.layout
        q, p = (torch.rand(batch, 16, 4, 4).to(memory_format=layout) for _ in range(2))
        all_q = torch.rand(batch * step.count, 16, 4, 4).to(memory_format=layout)
        by_frame = torch.randn_like(step.targets)
        self.calls = {
            "step": step.run,
            "rollout": lambda: self.rollout(model, q, p, step.count),
            "rollout-grad": lambda: self.rollout_grad(model, q, p, step.count),
            "encoder": lambda: self.encoder(model, step.clips),
            "decoder": lambda: self.decoder(model, all_q, by_frame),
        }

    def rollout(self, model, q, p, count):
        with torch.no_grad():
            model.rollout(q, p, count)

    def rollout_grad(self, model, q, p, count):
        q, p = q.detach().requires_grad_(), p.detach().requires_grad_()
        positions, momentum = model.rollout(q, p, count)
        ends = (positions[-1] * positions[-1].detach()).sum() + (momentum * momentum.detach()).sum()
        torch.autograd.grad(ends, [q, p, *model.of("hamiltonian")])

    def encoder(self, model, clips):
        mean, log_variance = model.encode(clips)
        z = mean + torch.exp(log_variance / 2) * torch.randn_like(mean)
        torch.autograd.grad(z.sum(), model.of("encoder"))

    def decoder(self, model, q, by_frame):
        q = q.detach().requires_grad_()
        frames = model.decode(q)
        torch.autograd.grad((frames * by_frame).sum(), [q, *model.of("decoder")])


class Peer:
    def __init__(self):
        self.variant = "as it comes"

    def model(self, path):
        data = read(path)
        own = {n: t for n, t in data.items() if n not in ("clips", "targets")}
        return Model(own, **VARIANTS[self.variant]), data

    def threads(self, count):
        torch.set_num_threads(count)
        return {"version": torch.__version__}

    def variants(self):
        return list(VARIANTS)

    def use(self, variant, path):
        """Takes a variant, and prepares its parts."""
        torch.compiler.reset()
        self.variant = variant
        self.parts = Parts(*self.model(path))
        return {}

    def check(self, path):
        self.checked = Step(*self.model(path))
        return {}

    def step(self, path):
        noise = read(path)["noise"].permute(0, 3, 1, 2)
        return {"loss": self.checked.run(noise)}

    def gradients(self, path):
        turned = {}
        for name, leaf in self.checked.model.leaves.items():
            turned[name] = leaf.grad.permute(2, 3, 1, 0) if leaf.dim() == 4 else leaf.grad
        write(path, turned)
        return {}

    def time(self, part):
        start = time.perf_counter()
        self.parts.calls[part]()
        return {"seconds": time.perf_counter() - start}


def main():
    peer = Peer()
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        try:
            answer = getattr(peer, command)(*arguments)
        except Exception as failure:  # said to the other side, which decides
            lines = str(failure).strip().splitlines()
            answer = {"error": f"{type(failure).__name__}: {lines[0] if lines else ''}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
