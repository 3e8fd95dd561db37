/** The policies that come with Weir. They are offered and chosen like anyone's. */
package dev.weir.strategies;
