package io.github.k2connect.sample.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may see the pages of the staff.
 *
 * @param password the password of the user {@code staff}; without it nobody may
 */
@ConfigurationProperties("shop.staff")
record StaffProperties(@DefaultValue("") String password) {

	@Override
	public String toString() {
		return "StaffProperties[]";
	}

}
