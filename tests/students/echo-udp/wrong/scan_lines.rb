require 'socket'

s = UDPSocket.new
s.bind('0.0.0.0', ARGV[0].to_i)
loop do
  message, (_, port, _, ip) = s.recvfrom(512)
  puts "#{ip}:#{port} #{message}"
  s.send(message.chomp, 0, ip, port)
end
