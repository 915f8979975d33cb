/** Safetensors files: tensors by name, with strings beside them, that other programs read too. */
package hgn.safetensors;
