package io.github.k2connect.benchmark;

/**
 * Both sides of a comparison, measured one after the other.
 *
 * @param measured the figure of the library
 * @param baseline the figure of what it is compared with
 */
public record Round(double measured, double baseline) {

	double ratio() {
		return this.measured / this.baseline;
	}

}
