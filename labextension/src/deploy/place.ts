/** Where the list of apps stands in the page. */
export const SECTION = 'wove-deployments';
