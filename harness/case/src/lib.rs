//! Plan, play, transcript, judge, diagnosis and grade; pure code.
