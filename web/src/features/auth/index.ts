// What other parts use of the sign-in.
export { ClaimHost, claim, useClaimed } from './claim';
