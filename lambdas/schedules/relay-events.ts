/** Stands in its place until the real one is merged. */
export const handler = async () => ({});
