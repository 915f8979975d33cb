package hgn.config;

/**
 * Training of a flow, section {@code train}. The learning rate of step k of n is r (1 + cos(pi
 * k/n))/2: it begins at r and falls to 0.
 *
 * @param steps n, optimiser steps
 * @param batch points in a step, drawn anew from the density for each
 * @param learningRate r, Adam's step size at the first step
 * @param seed of initial weights, points and noise
 * @param logEvery steps between lines of the metrics
 * @param evaluateEvery steps between evaluations on held-out points; 0 means at the end only
 * @param checkpointEvery steps between checkpoints; 0 means at the end only
 * @param evaluatePoints held-out points in an evaluation
 * @param draws K, draws of the momentum for each in an evaluation
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
