// What can go wrong with a request. `ApiError` is the server's refusal, `NetworkError` that it was not reached.

export interface FieldError {
  path: string;
  message: string;
  code: string;
}

export interface ErrorData {
  status: number;
  code: string;
  message: string;
  errors: FieldError[];
  /** Seconds. */
  retryAfter?: number;
  requestId?: string;
  /** The whole body, for the codes that carry more. */
  data: Record<string, unknown>;
}

export class ApiError extends Error implements ErrorData {
  override name = 'ApiError';
  status: number;
  code: string;
  errors: FieldError[];
  retryAfter?: number;
  requestId?: string;
  data: Record<string, unknown>;
  constructor(from: ErrorData) {
    super(from.message);
    this.status = from.status;
    this.code = from.code;
    this.errors = from.errors;
    this.retryAfter = from.retryAfter;
    this.requestId = from.requestId;
    this.data = from.data;
  }
  /** The first complaint about a field of the form. */
  field(path: string): FieldError | undefined {
    return this.errors.find((error) => error.path === path);
  }
}

export class NetworkError extends Error {
  override name = 'NetworkError';
  constructor(message = 'The server cannot be reached.') {
    super(message);
  }
}

export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
