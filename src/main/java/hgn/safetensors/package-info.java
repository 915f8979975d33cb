/** Reading and writing of safetensors files, a common format of named tensors with metadata. */
package hgn.safetensors;
