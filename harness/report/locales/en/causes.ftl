# The causes: what a mistake is, in one sentence, and what to do about it, in two.

cause-not-listening-title = Nothing listens at this address, or the program does not accept connections.
cause-not-listening-hint = Check that the program is running, that `bind` and `listen` succeeded, and that host, port and transport are the ones the harness was given. `ss -ltnp` (TCP) or `ss -lunp` (UDP) shows what really listens on this machine.

cause-never-answers-title = The program accepts but never answers.
cause-never-answers-hint = Check that the program really reaches the line that sends, and that the answer leaves its buffer at once. A trace on stderr before and after each `recv` and each `send` shows where it waits.

cause-wrong-answer-title = The answer is not the one that the exercise asks for.
cause-wrong-answer-hint = Compare the two texts from the first byte that differs: spaces, capitals, accents and line ends all count. Read again the clause of the sheet named beside the failure.

cause-one-recv-one-message-title = The program takes what one `recv` returns as one whole message.
cause-one-recv-one-message-hint = TCP carries a stream of bytes: a message may come in several pieces, and several messages in one piece. Keep what arrives in a buffer and treat a message only once its end (here the line feed) is there.

cause-decodes-each-chunk-title = The program decodes each piece received as UTF-8 on its own.
cause-decodes-each-chunk-hint = A segment may end inside a character of several bytes, such as é. Gather the bytes of the whole message first, then decode; or use a decoder that remembers the unfinished character.

cause-split-character-title = A character cut between two segments comes back spoiled.
cause-split-character-hint = The bytes of one character may arrive in two reads, so no read can be turned into text alone. Work on bytes, or decode only complete messages.

cause-answers-first-only-title = Of several requests received together, only the first is answered.
cause-answers-first-only-hint = One `recv` may return several requests at once. After each one, look again in the buffer for another complete request before reading from the socket.

cause-loses-tail-title = What follows the first line end of a segment is lost.
cause-loses-tail-hint = What stands after the line end is the beginning of the next request. Keep it at the head of the buffer instead of emptying the buffer.

cause-keeps-carriage-return-title = The CR of a line ended by CR LF stays in the request.
cause-keeps-carriage-return-hint = Some clients, such as telnet or Windows programs, end their lines with CR LF. After removing the LF, remove one CR if there is one.

cause-missing-newline-title = Answers do not end with a line feed.
cause-missing-newline-hint = Without `\n`, the client cannot know that the answer is complete and goes on waiting. Add one `\n` at the end of each answer.

cause-requests-not-by-line-title = Requests are not read line by line.
cause-requests-not-by-line-hint = In this exercise a request ends with a line feed, whatever `recv` returns. Read up to the `\n`, take it off (and a CR before it), then treat the request.

cause-bytes-versus-characters-title = A length is counted in characters where bytes are meant.
cause-bytes-versus-characters-hint = In UTF-8, é takes two bytes and € three: the length of a text is not its length on the wire. Encode first, then measure the bytes.

cause-ascii-only-mapping-title = Only the letters a to z change case; accented letters stay as they were.
cause-ascii-only-mapping-hint = The case functions of C, and those that work on bytes, know ASCII only. Decode the request as UTF-8 and use the case functions of the text type.

cause-truncates-at-buffer-title = What does not fit in a fixed buffer is lost.
cause-truncates-at-buffer-hint = The size given to `recv` says how much one call may return, not how long a message may be. Loop and let the buffer grow up to the limit of the exercise.

cause-dies-on-invalid-utf8-title = Bytes that are not UTF-8 end the whole program.
cause-dies-on-invalid-utf8-hint = A decoding error that nobody catches goes up to the main program. Catch it where what was received is decoded: a server answers with an error line, a client shows what it can, and both go on.

cause-closes-on-invalid-utf8-title = Bytes that are not UTF-8 end the connection.
cause-closes-on-invalid-utf8-hint = A request that cannot be decoded is a wrong request, not the end of the dialogue. Answer with an error line, then read the next request.

cause-dies-on-empty-line-title = An empty request stops the program.
cause-dies-on-empty-line-hint = An empty line has no first word: reading it without looking is an error in most languages. Test for emptiness before taking the request apart.

cause-dies-on-reset-title = A connection reset by the client ends the whole program.
cause-dies-on-reset-hint = A client may vanish at any moment: `recv` and `send` then fail with ECONNRESET or EPIPE. Catch the error for that client, close its socket, and go on serving the others.

cause-service-dies-title = After what one client did, the service answers nobody.
cause-service-dies-hint = One client's error must stay with that client. Surround the treatment of each client with error handling, and go back to `accept` whatever happened.

cause-spins-at-eof-title = At the end of the stream, the program loops without stopping instead of closing.
cause-spins-at-eof-hint = When `recv` returns 0 bytes, the client has finished sending and nothing more will ever come. Leave the loop and close the socket.

cause-never-closes-title = The program never closes the connection.
cause-never-closes-hint = After the client's end of stream and the last answer, close the socket. In the server every path out of the treatment of a client must end with `close`.

cause-closes-early-title = The program closes the connection before the dialogue is over.
cause-closes-early-hint = One answer is not the end of the dialogue: the client may ask again on the same connection. Read and answer in a loop until the end of the stream, or the word that ends the exercise.

cause-stops-reading-title = The program stops reading though the client goes on.
cause-stops-reading-hint = One `recv` returns what has come so far, not all that will come. Read in a loop until `recv` returns zero bytes: only that is the client’s end.

cause-loses-answers-at-half-close-title = Requests sent just before the client's end of stream get no answer.
cause-loses-answers-at-half-close-hint = The client's FIN says that it sends no more, not that it reads no more. Treat everything already received, send the answers, then close.

cause-one-client-at-a-time-title = A second client waits until the first has gone.
cause-one-client-at-a-time-hint = The exercise asks for several clients at once. Give each accepted connection its own thread, process or task, or watch all of them with `select` or `poll`.

cause-shared-state-title = Clients share what should belong to each of them.
cause-shared-state-hint = A global variable is the same for all clients. Keep the buffer and the state of a dialogue in variables local to that client.

cause-unbounded-line-title = A line without end is neither refused nor bounded.
cause-unbounded-line-hint = A client that never sends `\n` makes the buffer grow until memory is exhausted. Set a limit on the length of a line and refuse what goes beyond it.

cause-missing-flush-title = The output stays in a buffer that is not flushed.
cause-missing-flush-hint = File-like objects and `printf` keep the output until their buffer is full. Flush after each answer or each line.

cause-pads-with-nul-title = Answers carry NUL bytes.
cause-pads-with-nul-hint = The whole buffer is sent, or the final NUL of a C string with it. Send exactly the number of bytes of the answer.

cause-leaks-previous-datagram-title = An answer ends with bytes of an earlier, longer one.
cause-leaks-previous-datagram-hint = The buffer still holds the end of what it received before. Use only the number of bytes that `recv` or `recvfrom` returned.

cause-stops-at-empty-datagram-title = An empty datagram stops the server.
cause-stops-at-empty-datagram-hint = In UDP, 0 bytes is a message like any other, not an end: there is no connection to close. Answer it as the exercise says, and go on.

cause-skips-first-datagram-title = The first datagram of all gets no answer.
cause-skips-first-datagram-hint = In C, the length of the address must hold its size before each `recvfrom`: without it the address stays empty, and the answer goes nowhere.

cause-answers-late-title = Answers come one request late.
cause-answers-late-hint = Something left over from an earlier exchange is taken as the present one. Follow what remains in the buffers after each exchange: it must be nothing, or the beginning of the next request.

cause-nul-terminated-title = A NUL byte cuts the text.
cause-nul-terminated-hint = The functions of C on strings stop at the first NUL, and data from the network may hold one. Use the length returned by `recv`, with functions that take a length.

cause-first-word-only-title = Only the first word of what was sent is treated.
cause-first-word-only-hint = The rest of the line is lost where it is split at its spaces, or read word by word. Split once, at the first space, and keep all that follows; read whole lines.
cause-format-string-title = The client’s text is taken for a format of `printf`.
cause-format-string-hint = `printf(text)` reads `%d`, `%s` or `%n` in what the client wrote, and arguments that nobody gave. Write `printf("%s", text)`, or send the bytes themselves with their length.

cause-ignores-partial-write-title = Large data comes back incomplete because a partial write is ignored.
cause-ignores-partial-write-hint = `send` may take only a part of what it is given, and returns how much. Loop until all is sent, or use the function that does it (`sendall`, `write_all`).

cause-wrong-time-title = The date or time is not the present one.
cause-wrong-time-hint = Check the epoch (1970 for Unix, 1900 for the TIME protocol), the unit (seconds or milliseconds), the byte order and the time zone. `date +%s` gives the Unix time to compare with.

cause-byte-order-title = A number is sent least significant byte first.
cause-byte-order-hint = On the network the most significant byte goes first. Convert before sending: `htonl` in C, `struct.pack("!I", n)` in Python, `writeInt` in Java.

cause-wrong-epoch-title = Seconds are counted from 1970 instead of 1900.
cause-wrong-epoch-hint = The TIME protocol (RFC 868) counts from 1 January 1900. Add 2,208,988,800 to Unix time.

cause-wrong-width-title = A number is not sent in as many bytes as it should be.
cause-wrong-width-hint = Four bytes are asked for: neither digits as text nor an integer of eight bytes. Convert to an unsigned type of 32 bits, then send its bytes and nothing else.

cause-frozen-time-title = The clock stands still: two requests get the same time.
cause-frozen-time-hint = The time was read once, probably before the loop. Read the clock at each request.

cause-strips-argument-title = The argument does not come back as it was sent.
cause-strips-argument-hint = The argument is all that follows the first space, inner and outer spaces included. Cut the line at its first space only, and take off nothing but the line end.

cause-normalises-accents-title = Composed and decomposed accents do not come back as they were sent.
cause-normalises-accents-hint = é may be written as one code point or as e followed by an accent: both look the same but the bytes differ. Do not normalise what the exercise asks to return.

cause-broken-rules-title = The game does not follow its own rules.
cause-broken-rules-hint = Replay the transcript by hand: each hint must agree with one secret, and the number of tries with the one announced. Check the comparisons, the counting, and what is drawn again at each try.

cause-extra-output-title = The program sends bytes that nobody asked for.
cause-extra-output-hint = A trace, a prompt or a second line end goes to the client with the answers. Send only what the protocol says; traces belong on stderr.

cause-replies-from-elsewhere-title = The answer comes from another address or port than the one that was asked.
cause-replies-from-elsewhere-hint = A client accepts answers only from the address and port it sent to. Answer with the socket that received the request.

cause-stops-after-first-request-title = Only the first request, or the first client, gets an answer.
cause-stops-after-first-request-hint = A server loops over clients and, for each, over requests. Check that no `return`, `break` or `close` leaves these loops after the first answer.

cause-waits-for-newline-title = Nothing comes back until a line feed has arrived.
cause-waits-for-newline-hint = This exercise knows no lines: each byte is to be returned as it comes. Read what is there with `recv` or `read`, not with a function that waits for a whole line or a full buffer.

cause-answers-twice-title = A request gets its answer more than once.
cause-answers-twice-hint = The answer leaves from two places in the program. Keep one single send for each request, and leave the treatment (`return`, `continue`, `break`) as soon as it has answered.

cause-second-client-refused-title = A second client is turned away while the first is there.
cause-second-client-refused-hint = Keep the listening socket open and go back to `accept` while the first client is being served. Close neither the listening socket after the first client nor the connections of those who follow.

cause-replies-to-wrong-client-title = The answer goes to another client than the one that asked.
cause-replies-to-wrong-client-hint = Answer to the address that this `recvfrom` returned, or on the connection where the request was read. Do not keep “the client” in a common variable.

cause-drops-last-byte-title = The last byte of a message is lost.
cause-drops-last-byte-hint = A length is short by one, or the last byte is taken off as if it were always a line feed. Send exactly what was received, and take off the line end only if it is there.

cause-build-fails-title = The program does not build.
cause-build-fails-hint = Build it by hand with the same command, in the same folder, and mend the first error that the compiler shows: the others often follow from it.

cause-dies-at-start-title = The program ends before it listens.
cause-dies-at-start-hint = Start it by hand with the same command and read what it prints on stderr. Most often an argument is read at the wrong place, a file is missing, or `bind` is refused.

cause-listens-elsewhere-title = The program listens on another port than the one it was given.
cause-listens-elsewhere-hint = Take the port from the command line instead of writing it in the program, turn it into a number, and in C put it into network order with `htons`.

cause-unimplemented-title = The program says that it does not do this exercise.
cause-unimplemented-hint = Nothing was judged, and no point was earned. Once the exercise is written, take the message away, or the exit code 127.

cause-wrong-size-title = The size announced is not the size of what follows.
cause-wrong-size-hint = Read the file as bytes first, announce the length of these bytes, then send exactly them: no line end behind, no conversion in between.

cause-not-http-title = What the program sends is not an HTTP response.
cause-not-http-hint = A response is a status line (`HTTP/1.1 200 OK`), lines `Name: value`, an empty line, then the body. Each line ends with CR LF, and `Content-Length` says how many bytes the body has.

cause-leaves-root-title = A path leads out of the folder that is served.
cause-leaves-root-hint = Resolve the path as the system does (`realpath`), links included, then check that the result is below the resolved root, name by name. Looking for `..` in the text is not enough.

cause-arguments-not-checked-title = The program does not check its arguments.
cause-arguments-not-checked-hint = Look at how many arguments there are before you read one, and at whether the whole text is a number from 1 to 65535. Otherwise say on stderr how the program is called, and end with exit code 1.

cause-fails-silently-title = The program fails without saying so.
cause-fails-silently-hint = Whoever starts a program learns two things of its end: the exit code, which scripts read, and the message on stderr, which people read. Where something failed give both: a sentence, and a code other than 0.

cause-ignores-failed-bind-title = The program does not notice that `bind` failed.
cause-ignores-failed-bind-hint = Look at what `bind` returns: where it fails, the port is not yours. Without it, `listen` takes any free port, where nobody will look for you.

cause-ignores-signals-title = SIGINT or SIGTERM does not end the program.
cause-ignores-signals-hint = Leave both signals their usual effect, or handle them and really end: close the listening socket, do not wait for clients. In Python let client threads be daemons, and never catch `KeyboardInterrupt` without leaving the loop.

cause-no-reuse-address-title = The program cannot be started again at once: its port is still taken.
cause-no-reuse-address-hint = Set `SO_REUSEADDR` on the socket before `bind`. The connections that were closed by the server first linger for a minute in TIME_WAIT, and hold the port against a program that does not ask.

cause-dies-when-stopped-title = Stopped and resumed, the program no longer serves.
cause-dies-when-stopped-hint = A system call may return early with EINTR: nothing failed, it was only interrupted. Make the call again instead of taking it for an error.

cause-gives-up-on-silence-title = After a moment of silence the program gives up: a timeout of its own ends it, or the dialogue.
cause-gives-up-on-silence-hint = A client may think for as long as it likes, and none may come for an hour. Set no timeout on a server's sockets, or take its end (`socket.timeout`, `SocketTimeoutException`, EAGAIN) for what it is, nothing yet, and wait again.

cause-busy-waits-title = The program asks again and again instead of waiting.
cause-busy-waits-hint = A blocking `accept` or `recv` costs nothing while it waits. With non-blocking sockets wait in `select`, `poll` or `epoll` until one of them has something, without a time limit of 0.

cause-leaks-descriptors-title = Descriptors stay open when their clients have gone.
cause-leaks-descriptors-hint = Close each client's socket on every way out of its dialogue, errors included; `shutdown` alone does not close. Close files that were opened for a client as well.

cause-leaks-threads-title = Threads go on when their clients have gone.
cause-leaks-threads-hint = A client's thread must come to its end: its loop ends when `recv` returns the end of the stream or an error. A helper thread of a client must be told that the client has gone.

cause-leaves-children-title = Child processes go on when their clients have gone.
cause-leaves-children-hint = After its client has gone, a child must call `exit`, on every way out. Without it the child falls back into the parent's loop and accepts clients itself.

cause-leaves-zombies-title = Children that have ended are not waited for.
cause-leaves-zombies-hint = A child that has ended keeps its place in the process table until its parent calls `wait`. Call `waitpid` with WNOHANG in a loop before each `accept`, or ignore SIGCHLD and the system does it.

cause-leaks-memory-title = Memory grows with each client that has come and gone.
cause-leaks-memory-hint = What belongs to a client must go with it: free its buffer, take it out of the list of clients. Objects that a global list still holds are never collected.

cause-line-not-shown-title = What should show on the program’s output does not.
cause-line-not-shown-hint = Print each line as soon as it is complete, whole, followed by a line feed, on standard output.

cause-shown-twice-title = A line shows more often than it came.
cause-shown-twice-hint = Print a line where it is complete, once, and take it out of the buffer. Two places of the program that print are one too many.

cause-choice-not-checked-title = A menu does not check what is typed.
cause-choice-not-checked-hint = Read a line, compare it with the choices as text, and for anything else print a message and the list again. Turn text into a number only where a wrong one is caught.

cause-port-not-bound-title = The port shown is not that of a socket the program holds.
cause-port-not-bound-hint = Bind to port 0, then ask `getsockname` which port the system chose, show that number, and keep the socket open.

cause-port-not-converted-title = A port is shown in network byte order.
cause-port-not-converted-hint = `sin_port` holds the port in network byte order: show `ntohs(address.sin_port)`.

cause-leaves-wrongly-title = A program does not end, or not with exit code 0, when its user has finished.
cause-leaves-wrongly-hint = The choice to quit and the end of the input are normal ends. Leave the loop, and end with exit code 0.

cause-typed-not-sent-title = A client does not send what is typed.
cause-typed-not-sent-hint = Read a line from standard input, take off its line end, and send it at once with the line end of the protocol. `sendall` (or a loop over `send`) sends all of it.

cause-incomplete-request-title = A client’s request is not whole.
cause-incomplete-request-hint = The server answers when the request has ended as the protocol says: in HTTP with an empty line, `\r\n\r\n` behind the last header. Send all of it before you read.

cause-speaks-out-of-turn-title = A line is sent before its turn.
cause-speaks-out-of-turn-hint = By turns, who has sent a line waits for one before the next is sent. What is typed meanwhile stays where it is: read the keyboard only when it is your turn.

cause-waits-at-keyboard-title = A program goes on waiting at the keyboard though the other side has left.
cause-waits-at-keyboard-hint = A blocking read of the keyboard sees nothing of the network. Watch both with `select`, or let a thread or a child watch the connection and end the whole program at its end.

cause-answer-not-shown-title = A client does not show the server’s answer.
cause-answer-not-shown-hint = After each request, receive until the answer is complete, then print it on standard output. Print the text of the answer itself, decoded, and nothing in its place.

cause-hides-lost-server-title = A client says nothing of a server that has left, or was never there.
cause-hides-lost-server-hint = `recv` returns zero bytes when the server has closed, and an error when it has reset or refuses. Print a message on stderr and end with an exit code other than 0.

cause-ends-wrongly-title = A client does not end, or not with exit code 0, when its user or the dialogue ends.
cause-ends-wrongly-hint = `quit`, the end of standard input and the end of the dialogue are normal ends. Leave the loop, close the socket, and end with exit code 0.

cause-waits-for-ever-title = A client over UDP waits for ever for an answer that was lost.
cause-waits-for-ever-hint = Datagrams get lost: `recvfrom` alone may never return. Set a timeout, send again a few times, then say that no answer came.

cause-takes-any-sender-title = A client takes answers from anywhere.
cause-takes-any-sender-hint = Anybody can send a datagram to any port. Call `connect` on the UDP socket, or compare the address that `recvfrom` returns with the one that was asked.

cause-takes-late-answer-title = A client takes a late or doubled answer for the next question’s.
cause-takes-late-answer-hint = The network may deliver a datagram late, or twice. Drop what waits before asking, and check that an answer fits the question.

cause-not-judged-title = This case could not be judged.
cause-not-judged-hint = It says nothing for or against the program, and costs no points unless another case must be mended first. The sentence above says what is missing.

cause-too-few-clients-title = Only a few clients are served at once: one more waits, or is turned away.
cause-too-few-clients-hint = Nothing in the exercise limits the number of clients. Give each accepted connection a thread of its own instead of a place in a small fixed pool or array.

cause-killed-by-sigpipe-title = Writing to a client that has left ends the whole program.
cause-killed-by-sigpipe-hint = Writing to a connection that the client has reset raises SIGPIPE, which kills a program that does not ignore it. Ignore SIGPIPE once at the start, and take the error EPIPE as the end of that client.

cause-dies-at-eof-title = A client that leaves ends the whole program.
cause-dies-at-eof-hint = When a client closes, `recv` returns zero bytes: an ordinary event. Leave that client's loop, close its socket, and go on serving the others.

cause-ignores-repeats-title = A request that comes again gets no answer.
cause-ignores-repeats-hint = The server cannot know whether its answer arrived: a client asks again because it did not. Answer every datagram on its own, an equal one with an equal answer.

cause-answers-newest-only-title = Of several datagrams that wait, only one gets its answer.
cause-answers-newest-only-hint = Each datagram is a request of its own. Read one, answer it, then read the next: the socket keeps what waits.

cause-client-table-full-title = The first clients are served for ever, later ones never.
cause-client-table-full-hint = The program remembers its clients in a table, and in UDP nobody ever gives a place back. Answer the address that this `recvfrom` returned, and remember nobody.

cause-dies-of-vanished-client-title = A client that leaves before its answer ends the whole program.
cause-dies-of-vanished-client-hint = Answering a client that has gone may make a later call fail (ECONNREFUSED). That error concerns that client only: catch it inside the loop and go on.
