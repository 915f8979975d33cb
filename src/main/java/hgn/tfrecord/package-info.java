/** TFRecord files: records in a row, each between its length and its checksums. */
package hgn.tfrecord;
