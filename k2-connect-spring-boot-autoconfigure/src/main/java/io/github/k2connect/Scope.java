package io.github.k2connect;

/**
 * The scope of a subscription or a poll. Later versions may have more constants: give a
 * {@code switch} a default branch.
 */
public enum Scope {

	/**
	 * Every till of the company.
	 */
	COMPANY("company"),

	/**
	 * One till, named by the scope reference.
	 */
	TILL("till");

	private final String value;

	Scope(String value) {
		this.value = value;
	}

	/**
	 * Return the scope as Kopo Kopo writes it.
	 * @return {@code company} or {@code till}
	 */
	public String value() {
		return this.value;
	}

}
