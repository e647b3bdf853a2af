/** Tag of a challenger's version that ends its A/B test and holds the reason: from then on it gets no requests. */
export const testEndedTag = "ab_test.ended";
