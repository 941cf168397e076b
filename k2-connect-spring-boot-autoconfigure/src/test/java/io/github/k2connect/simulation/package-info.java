/**
 * A deterministic simulation of the delivery protocol: two instances of the library's own
 * classes, one database and one Kopo Kopo, driven on one thread by a seed.
 * <p>
 * How to read a failing seed:
 * <ol>
 * <li>The message of the failure names the broken promise and the command that replays
 * the seed alone. The {@code Oracle} has the promises.
 * <li>The trace follows. Its first lines are the faults of the seed and the settings of
 * the instances. A seed without a fault never meets it.
 * <li>Each line is a step, with the time of the world. An indented line happened between
 * two statements of the step above it, or while Kopo Kopo had its request.
 * <li>{@code a: CRASH_AFTER at: commit} is an {@code Interruption} of a statement of
 * instance a. A crashed instance goes on in the trace, but has no effect any more.
 * <li>After {@code heal} there are no more faults: what is due is done until nothing is
 * left. Then each message is delivered again, and each instance is tried.
 * <li>Search the trace backwards for the event or the payment that the message names, and
 * set a breakpoint in {@code World.violate}.
 * </ol>
 * A new fault is a constant of {@code Fault} and the line that acts on it; a new kind of
 * step is a constant of {@code Step}. A constructor of the library that changes concerns
 * {@code SimulatedInstance} only.
 */
@NullMarked
package io.github.k2connect.simulation;

import org.jspecify.annotations.NullMarked;
