package org.fettle.optimizers.network;

/**
 * What a network's parameters begin with, as those of a model that was trained before.
 *
 * @param values of all parameters in the order that engines have them; NaN for those that begin as
 *     the network's initialisation says. Neither copied in nor out; nobody may write to them.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no one
public record FirstValues(float[] values) {}
