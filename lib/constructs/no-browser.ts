/** Stands in for `bowser`, with which the AWS SDK finds out in which browser it runs: in none. */
export const parse = undefined;
