/** What training minimises: the loss of each kind of model, and how its terms are weighted. */
package hgn.loss;
