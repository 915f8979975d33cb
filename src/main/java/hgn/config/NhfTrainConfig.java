package hgn.config;

/**
 * Training of a Neural Hamiltonian Flow, section {@code train}. The learning rate of step k of n is
 * r (1 + cos(pi k/n))/2; it falls from r to 0.
 *
 * @param steps n, number of optimiser steps
 * @param batch points per step, drawn from the density in each step
 * @param learningRate r, Adam's step size at the first step
 * @param seed of initial weights, points and noise
 * @param logEvery steps between lines of the metrics log
 * @param evaluateEvery steps between evaluations on held-out points; 0 means at the end only
 * @param checkpointEvery steps between checkpoints; 0 means at the end only
 * @param evaluatePoints held-out points per evaluation
 * @param draws K, momentum samples per held-out point
 */
public record NhfTrainConfig(
    @Range(min = 1) long steps,
    @Range(min = 1, max = 1_000_000) int batch,
    @Range(above = 0) double learningRate,
    long seed,
    @Range(min = 1) int logEvery,
    @Range(min = 0) int evaluateEvery,
    @Range(min = 0) int checkpointEvery,
    @Range(min = 2, max = 1_000_000) int evaluatePoints,
    @Range(min = 1, max = 100_000) int draws) {}
