// A busy machine is late: what is waited for comes later than Testing Library expects by itself.
require('@testing-library/dom').configure({ asyncUtilTimeout: 10_000 });
