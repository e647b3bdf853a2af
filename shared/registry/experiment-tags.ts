/** Tag of a challenger's version that ends its A/B test, with the reason: no environment gives it requests from then on. */
export const testEndedTag = "ab_test.ended";
