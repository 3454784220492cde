/** The study loop: suggest, submit, gather, until a limit is reached. */
@NullMarked
package org.fettle.driver.study;

import org.jspecify.annotations.NullMarked;
