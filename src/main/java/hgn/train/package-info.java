/**
 * The training loop: {@link hgn.train.Trainer} runs it, {@link hgn.train.TrainingStep} is one step.
 */
package hgn.train;
