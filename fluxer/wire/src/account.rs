//! An account in the hands of its owner: requests and answers below `/users/@me`.
