package dev.weir.engine;

/**
 * What all acceptors of the process share about its descriptors.
 *
 * @param budget how many connections there may be
 * @param spares kept for the moment when there are no others
 * @param log tells of a shortage
 * @param onExit told when the policy wants the process to end
 */
public record ProcessDescriptors(ConnectionBudget budget, SpareDescriptors spares, ShortageLog log, Runnable onExit) {}
