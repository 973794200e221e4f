/** The page for people, in a real browser and before the whole chain. Run by {@code .ci/page-suite}. */
package dev.ft900.hil.page;
