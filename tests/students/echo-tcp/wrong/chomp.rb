require 'socket'

server = TCPServer.new('0.0.0.0', ARGV[0].to_i)
loop do
  Thread.start(server.accept) do |client|
    while (line = client.gets)
      client.puts line.chomp
    end
  rescue SystemCallError
    nil
  ensure
    client.close
  end
end
