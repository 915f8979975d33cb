/** Films in arrays of numbers: npy, npz, HDF5 and safetensors shards. */
package hgn.films.arrays;
