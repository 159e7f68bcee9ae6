require 'socket'

if ARGV.size != 1 || ARGV[0] !~ /\A\d+\z/ || ARGV[0].to_i > 65_535
  warn 'usage: upcase.rb port'
  exit 1
end

s = UDPSocket.new
begin
  s.bind('127.0.0.1', ARGV[0].to_i)
rescue SystemCallError => e
  abort e.message
end
loop do
  message, client = s.recvfrom(65_536)
  message.force_encoding('UTF-8')
  begin
    s.send(message.scrub.upcase, 0, client[3], client[1])
  rescue SystemCallError => e
    warn e.message
  end
end
